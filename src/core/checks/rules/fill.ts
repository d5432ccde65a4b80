import { OFF, type Rule, spanOf } from '../rule.ts';

/** The face does not fill too much of the frame: some generators need room around it. */
export const fill = {
  id: 'fill',
  reason: 'face.large',
  limit: 'maxFaceShare',
  bounds: {
    default: 2,
    min: 0,
    max: 2,
    unit: 'share',
    meaning: "Width of the face over the picture's long edge, at most.",
    source: OFF,
  },
  good: 'atMost',
  optional: true,
  value: ({ subject, image }) => subject && spanOf(subject, image),
} as const satisfies Rule;

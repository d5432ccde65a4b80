import { OFF, type Rule } from '../rule.ts';

/** The face is high enough in the picture itself. */
export const height = {
  id: 'height',
  reason: 'face.small',
  limit: 'minFaceHeight',
  bounds: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: 'Height of the face in pixels of the picture itself.',
    source: OFF,
  },
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.box.height ?? null,
} as const satisfies Rule;

import { OFF, type Rule } from '../rule.ts';

/** The face has enough pixels in the picture itself, for a generator that does not scale it down first. */
export const pixels = {
  id: 'pixels',
  reason: 'face.small',
  limit: 'minFacePixels',
  bounds: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning:
      'Width of the face in pixels of the picture itself, for generators that do not scale it down first.',
    source: OFF,
  },
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.box.width ?? null,
} as const satisfies Rule;

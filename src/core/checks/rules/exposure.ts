import type { Rule } from '../rule.ts';

/** The face is not too bright. */
export const exposure = {
  id: 'exposure',
  reason: 'face.bright',
  limit: 'maxBrightness',
  bounds: {
    default: 0.88,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'Mean luma inside the face.',
    source: 'The brightest labelled usable portrait has 0.83.',
  },
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
} as const satisfies Rule;

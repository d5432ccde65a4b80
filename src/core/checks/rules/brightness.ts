import type { Rule } from '../rule.ts';

/** The face is not too dark. */
export const brightness = {
  id: 'brightness',
  reason: 'face.dark',
  limit: 'minBrightness',
  bounds: {
    default: 0.2,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'Mean luma inside the face.',
    source: 'Labelled usable portraits lie between 0.3 and 0.83; the limit leaves a third below that.',
  },
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
} as const satisfies Rule;

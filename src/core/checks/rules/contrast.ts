import type { Rule } from '../rule.ts';

/** The face has light and shade, and is not flat as in fog. */
export const contrast = {
  id: 'contrast',
  reason: 'face.flat',
  limit: 'minContrast',
  bounds: {
    default: 0.06,
    min: 0,
    max: 0.5,
    unit: 'luma',
    meaning: 'Standard deviation of the luma inside the face.',
    source: '998 of 1,000 labelled usable portraits have more than 0.063.',
  },
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.contrast ?? null,
} as const satisfies Rule;

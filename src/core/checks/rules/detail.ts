import type { Rule } from '../rule.ts';

/** There is enough detail in the face to be animated at all; `sharpness` tells of less than the best. */
export const detail = {
  id: 'detail',
  reason: 'face.blurred',
  limit: 'minDetail',
  bounds: {
    default: 0.34,
    min: 0,
    max: 10,
    unit: 'ratio',
    meaning: 'Fine slopes of the luma inside the face over coarse ones, below which the result is spoilt.',
    source:
      'Of 977 labelled usable portraits the least has 0.345. Half of the portraits of some 250 pixels fall below it when they are blurred with a sigma of 6.',
  },
  good: 'atLeast',
  value: ({ subject }) => subject?.sharpness ?? null,
} as const satisfies Rule;

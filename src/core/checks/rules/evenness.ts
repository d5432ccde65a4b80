import type { Rule } from '../rule.ts';

/** Both halves of the face have light. */
export const evenness = {
  id: 'evenness',
  reason: 'face.one_sided',
  limit: 'minEvenness',
  bounds: {
    default: 0.35,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Mean luma of the face's darker half over that of the brighter.",
    source: '998 of 1,000 labelled usable portraits have more than 0.34.',
  },
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.evenness ?? null,
} as const satisfies Rule;

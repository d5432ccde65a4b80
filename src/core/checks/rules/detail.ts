import type { Rule } from '../rule.ts';

/** There is enough detail in the face to be animated at all; `sharpness` tells of less than the best. */
export const detail: Rule = {
  id: 'detail',
  reason: 'face.blurred',
  limit: 'minDetail',
  good: 'atLeast',
  value: ({ subject }) => subject?.sharpness ?? null,
  advice: (words, value, limit) => words.detail(value, limit),
};

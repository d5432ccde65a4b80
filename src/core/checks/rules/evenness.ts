import type { Rule } from '../rule.ts';

/** Both halves of the face have light. */
export const evenness: Rule = {
  id: 'evenness',
  reason: 'face.one_sided',
  limit: 'minEvenness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.evenness ?? null,
  advice: (words, value, limit) => words.evenness(value, limit),
};

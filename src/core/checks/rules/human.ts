import type { Rule } from '../rule.ts';

/** The face is a human's. Drawn, painted, sculpted and rendered people are human; animals are not. */
export const human: Rule = {
  id: 'human',
  reason: 'face.none',
  limit: 'minHuman',
  good: 'atLeast',
  value: ({ subject }) => subject?.heads.human ?? null,
  advice: (words, value, limit) => words.human(value, limit),
};

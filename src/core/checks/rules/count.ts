import type { Rule } from '../rule.ts';

/** There is one face only; LivePortrait takes the largest. */
export const count: Rule = {
  id: 'count',
  reason: 'face.several',
  limit: 'maxFaces',
  good: 'atMost',
  advisory: true,
  value: ({ faces }) => faces.length,
  advice: (words, value, limit) => words.count(value, limit),
};

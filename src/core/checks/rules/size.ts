import type { Rule } from '../rule.ts';

/** The face has enough pixels for LivePortrait to work on. */
export const size: Rule = {
  id: 'size',
  reason: 'face.small',
  limit: 'minFaceWidth',
  good: 'atLeast',
  value: ({ subject }) => subject?.workingWidth ?? null,
  advice: (words, value, limit) => words.size(value, limit),
};

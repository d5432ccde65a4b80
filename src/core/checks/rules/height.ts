import type { Rule } from '../rule.ts';

/** The face is high enough in the picture itself. */
export const height: Rule = {
  id: 'height',
  reason: 'face.small',
  limit: 'minFaceHeight',
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.box.height ?? null,
  advice: (words, value, limit) => words.height(value, limit),
};

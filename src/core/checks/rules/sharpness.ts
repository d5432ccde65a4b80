import type { Rule } from '../rule.ts';

/** The face is sharp enough to be animated well. */
export const sharpness: Rule = {
  id: 'sharpness',
  reason: 'face.soft',
  limit: 'minSharpness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.sharpness ?? null,
  advice: (words, value, limit) => words.sharpness(value, limit),
};

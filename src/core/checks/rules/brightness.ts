import type { Rule } from '../rule.ts';

/** The face is not too dark. */
export const brightness: Rule = {
  id: 'brightness',
  reason: 'face.dark',
  limit: 'minBrightness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
  advice: (words, value, limit) => words.brightness(value, limit),
};

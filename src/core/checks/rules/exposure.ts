import type { Rule } from '../rule.ts';

/** The face is not too bright. */
export const exposure: Rule = {
  id: 'exposure',
  reason: 'face.bright',
  limit: 'maxBrightness',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
  advice: (words, value, limit) => words.exposure(value, limit),
};

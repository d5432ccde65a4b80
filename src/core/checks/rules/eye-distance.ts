import type { Rule } from '../rule.ts';

/** The eyes are far enough apart in the picture itself, for a generator that scales by them. */
export const eyeDistance: Rule = {
  id: 'eye_distance',
  reason: 'face.small',
  limit: 'minEyeDistance',
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.interEyeDistance ?? null,
  advice: (words, value, limit) => words.eye_distance(value, limit),
};

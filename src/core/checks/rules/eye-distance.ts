import type { Rule } from '../rule.ts';

/** The eyes are far enough apart in the picture itself, for a generator that scales by them. */
export const eyeDistance: Rule = {
  id: 'eye_distance',
  reason: 'face.small',
  limit: 'minEyeDistance',
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.interEyeDistance ?? null,
  advice: (value, limit) =>
    `The eyes are ${Math.floor(value)} px apart in the picture (limit ${limit} px). Use a larger picture.`,
};

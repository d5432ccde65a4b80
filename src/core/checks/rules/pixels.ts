import type { Rule } from '../rule.ts';

/** The face has enough pixels in the picture itself, for a generator that does not scale it down first. */
export const pixels: Rule = {
  id: 'pixels',
  reason: 'face.small',
  limit: 'minFacePixels',
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.box.width ?? null,
  advice: (value, limit) =>
    `The face is ${Math.floor(value)} px wide in the picture (limit ${limit} px). Use a larger picture.`,
};

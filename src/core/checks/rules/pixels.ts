import type { Rule } from '../rule.ts';

/** The face has enough pixels in the picture itself, for a generator that does not scale it down first. */
export const pixels: Rule = {
  id: 'pixels',
  reason: 'face.small',
  limit: 'minFacePixels',
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.box.width ?? null,
  advice: (words, value, limit) => words.pixels(value, limit),
};

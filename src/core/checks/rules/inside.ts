import type { Rule } from '../rule.ts';

/** The face is not cut off by the frame. */
export const inside: Rule = {
  id: 'inside',
  reason: 'face.cut_off',
  limit: 'maxOutside',
  good: 'atMost',
  value: ({ subject }) => subject?.outside ?? null,
  advice: (words, value, limit) => words.inside(value, limit),
};

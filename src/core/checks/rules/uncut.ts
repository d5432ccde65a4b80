import type { Rule } from '../rule.ts';

/** The frame does not cut through the face: what is left of such a face is often found too small, or beside it. */
export const uncut: Rule = {
  id: 'uncut',
  reason: 'face.cut_off',
  limit: 'maxCutOff',
  good: 'atMost',
  value: ({ subject }) => subject?.heads.cutOff ?? null,
  advice: (words, value, limit) => words.uncut(value, limit),
};

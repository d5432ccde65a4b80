import { type Rule, rounded } from '../rule.ts';

/** There is enough detail in the face to be animated at all; `sharpness` tells of less than the best. */
export const detail: Rule = {
  id: 'detail',
  reason: 'face.blurred',
  limit: 'minDetail',
  good: 'atLeast',
  value: ({ subject }) => subject?.sharpness ?? null,
  advice: (value, limit) =>
    `The face is too blurred: its sharpness is ${rounded(value, limit)} (limit ${limit}). Use a sharper picture, and do not enlarge a small one.`,
};

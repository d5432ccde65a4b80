import type { Rule } from '../rule.ts';

/** The head is not seen in profile. Degrees are held against a limit of their own, by `yaw`. */
export const frontal: Rule = {
  id: 'frontal',
  reason: 'face.profile',
  limit: 'maxProfile',
  good: 'atMost',
  value: ({ subject }) => subject?.heads.profile ?? null,
  advice: (words, value, limit) => words.frontal(value, limit),
};

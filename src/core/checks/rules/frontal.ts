import { percent, type Rule } from '../rule.ts';

/** The head is not seen in profile. Degrees are held against a limit of their own, by `yaw`. */
export const frontal: Rule = {
  id: 'frontal',
  reason: 'face.profile',
  limit: 'maxProfile',
  good: 'atMost',
  value: ({ subject }) => subject?.heads.profile ?? null,
  advice: (value, limit) =>
    `The head is seen in profile (${percent(value, limit)} likely; limit ${percent(limit)}). Use a picture that shows both eyes and both cheeks.`,
};

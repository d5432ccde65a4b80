import { type Rule, rounded } from '../rule.ts';

/** The head is not turned into profile. */
export const yaw: Rule = {
  id: 'yaw',
  reason: 'face.profile',
  limit: 'maxYaw',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.yaw) : null),
  advice: (value, limit) =>
    `Head is turned ${rounded(value, limit)} degrees to the side; ${limit} are the most: use a picture that shows both eyes and both cheeks.`,
};

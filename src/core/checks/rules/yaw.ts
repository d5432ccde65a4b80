import { type Rule, rounded } from '../rule.ts';

/** The head is not turned into profile. */
export const yaw: Rule = {
  id: 'yaw',
  reason: 'face.profile',
  limit: 'maxYaw',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.yaw) : null),
  advice: (value, limit) =>
    `The head is turned by ${rounded(value, limit)}° to the side (limit ${limit}°). Use a picture that shows both eyes and both cheeks.`,
};

import type { Rule } from '../rule.ts';

/** The head is not turned into profile. */
export const yaw: Rule = {
  id: 'yaw',
  reason: 'face.profile',
  limit: 'maxYaw',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.yaw) : null),
  advice: (words, value, limit) => words.yaw(value, limit),
};

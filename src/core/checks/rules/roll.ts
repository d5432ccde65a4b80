import type { Rule } from '../rule.ts';

/** The head leans to neither side. LivePortrait levels it by itself, so this never fails a picture unless it is enforced. */
export const roll: Rule = {
  id: 'roll',
  reason: 'face.leaning',
  limit: 'maxRoll',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => (subject ? Math.abs(subject.pose.roll) : null),
  advice: (words, value, limit) => words.roll(value, limit),
};

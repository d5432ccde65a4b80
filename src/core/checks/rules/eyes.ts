import type { Rule } from '../rule.ts';

/** The eyes are open. */
export const eyes: Rule = {
  id: 'eyes',
  reason: 'face.eyes_closed',
  limit: 'minEyeOpening',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.eyeOpening ?? null,
  advice: (words, value, limit) => words.eyes(value, limit),
};

import type { Rule } from '../rule.ts';

/** The eyes are open. */
export const eyes: Rule = {
  id: 'eyes',
  reason: 'face.eyes_closed',
  limit: 'minEyeOpening',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.eyeOpening ?? null,
  advice: (value, limit) =>
    `Eyes are open ${value.toFixed(2)} of their width; ${limit} is good: use a picture with open eyes.`,
};

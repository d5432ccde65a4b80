import { percent, type Rule } from '../rule.ts';

/** The eyes are open. */
export const eyes: Rule = {
  id: 'eyes',
  reason: 'face.eyes_closed',
  limit: 'minEyeOpening',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.eyeOpening ?? null,
  advice: (value, limit) =>
    `The eyes are open by ${percent(value, limit)} of their width (limit ${percent(limit)}). Use a picture with open eyes.`,
};

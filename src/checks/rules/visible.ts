import { percent, type Rule } from '../rule.ts';

/** Nothing covers the mouth, the nose or both eyes. */
export const visible: Rule = {
  id: 'visible',
  reason: 'face.obstructed',
  limit: 'maxCovered',
  good: 'atMost',
  value: ({ subject }) => subject?.heads.obstructed ?? null,
  advice: (value, limit) =>
    `Face is covered with ${percent(value)} probability; ${percent(limit)} is the most: use a picture without mask, hand or dark glasses.`,
};

import { percent, type Rule } from '../rule.ts';

/** Both halves of the face have light. */
export const evenness: Rule = {
  id: 'evenness',
  reason: 'face.one_sided',
  limit: 'minEvenness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.evenness ?? null,
  advice: (value, limit) =>
    `One side of the face has only ${percent(value, limit)} of the other's light (limit ${percent(limit)}). Use a picture with light from the front.`,
};

import type { Rule } from '../rule.ts';

/** The face has enough pixels for LivePortrait to work on. */
export const size: Rule = {
  id: 'size',
  reason: 'face.small',
  limit: 'minFaceWidth',
  good: 'atLeast',
  value: ({ subject }) => subject?.workingWidth ?? null,
  advice: (value, limit) =>
    `The face is ${Math.floor(value)} px wide at LivePortrait's size (limit ${limit} px). Crop closer, or use a larger picture.`,
};

import { percent, type Rule } from '../rule.ts';

/** The face is not cut off by the frame. */
export const inside: Rule = {
  id: 'inside',
  reason: 'face.cut_off',
  limit: 'maxOutside',
  good: 'atMost',
  value: ({ subject }) => subject?.outside ?? null,
  advice: (value, limit) =>
    `${percent(value, limit)} of the face lies outside the picture (limit ${percent(limit)}). Use a picture that shows the whole face.`,
};

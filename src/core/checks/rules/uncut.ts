import { percent, type Rule } from '../rule.ts';

/** The frame does not cut through the face: what is left of such a face is often found too small, or beside it. */
export const uncut: Rule = {
  id: 'uncut',
  reason: 'face.cut_off',
  limit: 'maxCutOff',
  good: 'atMost',
  value: ({ subject }) => subject?.heads.cutOff ?? null,
  advice: (value, limit) =>
    `The picture's edge cuts through the face (${percent(value, limit)} likely; limit ${percent(limit)}). Use a picture that shows the whole face.`,
};

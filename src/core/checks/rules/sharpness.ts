import { type Rule, rounded } from '../rule.ts';

/** The face is sharp enough to be animated well. */
export const sharpness: Rule = {
  id: 'sharpness',
  reason: 'face.soft',
  limit: 'minSharpness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.sharpness ?? null,
  advice: (value, limit) =>
    `The face is a little blurred: its sharpness is ${rounded(value, limit)} (limit ${limit}). A sharper picture gives a better result.`,
};

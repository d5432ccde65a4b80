import type { Rule } from '../rule.ts';

/** The face is sharp enough to be animated well. */
export const sharpness: Rule = {
  id: 'sharpness',
  reason: 'face.blurred',
  limit: 'minSharpness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.sharpness ?? null,
  advice: (value, limit) =>
    `Face is blurred: its sharpness is ${value.toPrecision(2)}; ${limit} is good: use a sharper picture, and do not enlarge a small one.`,
};

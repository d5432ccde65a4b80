import { percent, type Rule } from '../rule.ts';

/** The face is not too dark. */
export const brightness: Rule = {
  id: 'brightness',
  reason: 'face.dark',
  limit: 'minBrightness',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
  advice: (value, limit) =>
    `The face is too dark: ${percent(value, limit)} of full light (limit ${percent(limit)}). Brighten the picture, or use one with more light on the face.`,
};

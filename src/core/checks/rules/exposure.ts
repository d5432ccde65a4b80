import { percent, type Rule } from '../rule.ts';

/** The face is not too bright. */
export const exposure: Rule = {
  id: 'exposure',
  reason: 'face.bright',
  limit: 'maxBrightness',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.brightness ?? null,
  advice: (value, limit) =>
    `The face is too bright: ${percent(value, limit)} of full light (limit ${percent(limit)}). Use a picture that shows its shades.`,
};

import type { Rule } from '../rule.ts';

/** The light does not come from behind. */
export const backlight: Rule = {
  id: 'backlight',
  reason: 'face.backlit',
  limit: 'maxBacklight',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject && Math.max(0, subject.surround - subject.brightness),
  advice: (words, value, limit) => words.backlight(value, limit),
};

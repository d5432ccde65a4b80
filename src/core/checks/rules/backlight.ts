import { percent, type Rule } from '../rule.ts';

/** The light does not come from behind. */
export const backlight: Rule = {
  id: 'backlight',
  reason: 'face.backlit',
  limit: 'maxBacklight',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject && Math.max(0, subject.surround - subject.brightness),
  advice: (value, limit) =>
    `What is behind the face is brighter than it by ${percent(value, limit)} of full light (limit ${percent(limit)}). Turn the face to the light.`,
};

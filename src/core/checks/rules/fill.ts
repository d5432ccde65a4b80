import { type Rule, spanOf } from '../rule.ts';

/** The face does not fill too much of the frame: some generators need room around it. */
export const fill: Rule = {
  id: 'fill',
  reason: 'face.large',
  limit: 'maxFaceShare',
  good: 'atMost',
  optional: true,
  value: ({ subject, image }) => subject && spanOf(subject, image),
  advice: (words, value, limit) => words.fill(value, limit),
};

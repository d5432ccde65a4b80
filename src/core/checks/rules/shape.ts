import type { Rule } from '../rule.ts';

/** The picture has the shape that a generator wants: others are squeezed into it, faces with them. */
export const shape: Rule = {
  id: 'shape',
  reason: 'image.shape',
  limit: 'maxShape',
  good: 'atMost',
  optional: true,
  value: ({ image }) => Math.max(image.width, image.height) / Math.min(image.width, image.height),
  advice: (words, value, limit) => words.shape(value, limit),
};

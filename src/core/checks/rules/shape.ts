import { OFF, type Rule } from '../rule.ts';

/** The picture has the shape that a generator wants: others are squeezed into it, faces with them. */
export const shape = {
  id: 'shape',
  reason: 'image.shape',
  limit: 'maxShape',
  bounds: {
    default: 2,
    min: 1,
    max: 2,
    unit: 'ratio',
    meaning: "The picture's long edge over its short one; 1 is a square.",
    source: OFF,
  },
  good: 'atMost',
  optional: true,
  value: ({ image }) => Math.max(image.width, image.height) / Math.min(image.width, image.height),
} as const satisfies Rule;

import type { Rule } from '../rule.ts';

/** There is one face only; LivePortrait takes the largest. */
export const count = {
  id: 'count',
  reason: 'face.several',
  limit: 'maxFaces',
  bounds: {
    default: 1,
    min: 1,
    max: 100,
    unit: 'faces',
    meaning: 'Faces in the picture; LivePortrait animates the largest.',
    source: "LivePortrait's source: it takes the largest face.",
  },
  good: 'atMost',
  advisory: true,
  value: ({ faces }) => faces.length,
} as const satisfies Rule;

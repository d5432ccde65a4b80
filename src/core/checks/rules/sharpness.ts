import type { Rule } from '../rule.ts';

/** The face is sharp enough to be animated well. */
export const sharpness = {
  id: 'sharpness',
  reason: 'face.soft',
  limit: 'minSharpness',
  bounds: {
    default: 0.46,
    min: 0,
    max: 10,
    unit: 'ratio',
    meaning:
      'Fine slopes of the luma inside the face over coarse ones, below which a sharper picture would do better.',
    source:
      '95 of 100 labelled usable portraits have more. A face enlarged from 64 pixels has some 0.54, a sharp one some 0.62.',
  },
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.sharpness ?? null,
} as const satisfies Rule;

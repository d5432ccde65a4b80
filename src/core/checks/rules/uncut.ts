import type { Rule } from '../rule.ts';

/** The frame does not cut through the face: what is left of such a face is often found too small, or beside it. */
export const uncut = {
  id: 'uncut',
  reason: 'face.cut_off',
  limit: 'maxCutOff',
  bounds: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: "A face that the picture's frame cuts through more likely than this is cut off.",
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  good: 'atMost',
  value: ({ subject }) => subject?.heads.cutOff ?? null,
} as const satisfies Rule;

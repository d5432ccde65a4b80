import type { Rule } from '../rule.ts';

/** The eyes are open. */
export const eyes = {
  id: 'eyes',
  reason: 'face.eyes_closed',
  limit: 'minEyeOpening',
  bounds: {
    default: 0.1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Gap of the lids over the eye's width, of the more closed eye.",
    source: 'The least of the labelled usable portraits is 0.17.',
  },
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.eyeOpening ?? null,
} as const satisfies Rule;

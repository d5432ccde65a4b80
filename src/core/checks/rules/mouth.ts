import type { Rule } from '../rule.ts';

/** The mouth is closed; an open one keeps its teeth in every frame. */
export const mouth = {
  id: 'mouth',
  reason: 'face.mouth_open',
  limit: 'maxMouthOpening',
  bounds: {
    default: 0.25,
    min: 0,
    max: 2,
    unit: 'share',
    meaning: "Gap of the lips over the mouth's width.",
    source: 'Labelled usable portraits: 75 of 100 are under 0.11, 99 under 0.26.',
  },
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.mouthOpening ?? null,
} as const satisfies Rule;

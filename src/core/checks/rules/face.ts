import type { Rule } from '../rule.ts';

/**
 * Something is there that is more likely a human face than not. What is not a face is told before anything else is; `human` asks for
 * more than a mere likelihood.
 */
export const face = {
  id: 'face',
  reason: 'face.none',
  limit: 'minFace',
  bounds: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'Where nothing is more likely human than this, there is no face to say more about.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  good: 'atLeast',
  value: ({ subject }) => subject?.heads.human ?? 0,
  /** Whether there is something that looks like a face. */
  told: ({ subject }) => subject !== null,
} as const satisfies Rule;

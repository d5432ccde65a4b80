import type { Rule } from '../rule.ts';

/** The face is a human's. Drawn, painted, sculpted and rendered people are human; animals are not. */
export const human = {
  id: 'human',
  reason: 'face.none',
  limit: 'minHuman',
  bounds: {
    default: 0.75,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'What looks like a face and is less likely human than this is not taken for one.',
    source:
      'Held out, 995 of 1,000 labelled usable and tightly cut faces are above it, and 15 of 100 animals, dolls and things that the detector takes for a face; other checks refuse most of these.',
  },
  good: 'atLeast',
  value: ({ subject }) => subject?.heads.human ?? null,
} as const satisfies Rule;

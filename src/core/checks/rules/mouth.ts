import type { Rule } from '../rule.ts';

/** The mouth is closed; an open one keeps its teeth in every frame. */
export const mouth: Rule = {
  id: 'mouth',
  reason: 'face.mouth_open',
  limit: 'maxMouthOpening',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.mouthOpening ?? null,
  advice: (words, value, limit) => words.mouth(value, limit),
};

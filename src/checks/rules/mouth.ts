import type { Rule } from '../rule.ts';

/** The mouth is closed; an open one keeps its teeth in every frame. */
export const mouth: Rule = {
  id: 'mouth',
  reason: 'face.mouth_open',
  limit: 'maxMouthOpening',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.mouthOpening ?? null,
  advice: (value, limit) =>
    `Mouth is open ${value.toFixed(2)} of its width; ${limit} is good: use a picture with a relaxed, closed mouth.`,
};

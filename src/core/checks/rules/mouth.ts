import { percent, type Rule } from '../rule.ts';

/** The mouth is closed; an open one keeps its teeth in every frame. */
export const mouth: Rule = {
  id: 'mouth',
  reason: 'face.mouth_open',
  limit: 'maxMouthOpening',
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject?.mouthOpening ?? null,
  advice: (value, limit) =>
    `The mouth is open by ${percent(value, limit)} of its width (limit ${percent(limit)}). Use a picture with a relaxed, closed mouth.`,
};

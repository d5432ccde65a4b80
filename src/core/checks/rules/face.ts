import { percent, type Rule } from '../rule.ts';

/**
 * Something is there that is more likely a human face than not. What is none is told before anything else is; `human` asks for
 * more than a mere likelihood.
 */
export const face: Rule = {
  id: 'face',
  reason: 'face.none',
  limit: 'minFace',
  good: 'atLeast',
  value: ({ subject }) => subject?.heads.human ?? 0,
  advice: (value, limit, { subject }) =>
    subject === null
      ? 'No face was found. Use a picture that shows one person from the front.'
      : `What looks most like a face is one with ${percent(value, limit)} probability (limit ${percent(limit)}). Use a picture that shows one person from the front.`,
};

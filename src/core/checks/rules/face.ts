import type { Rule } from '../rule.ts';

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
  advice: (words, value, limit, { subject }) => words.face(value, limit, subject !== null),
};

import { percent, type Rule } from '../rule.ts';

/** A human face is there. Drawn, painted, sculpted and rendered people are human; animals are not. */
export const human: Rule = {
  id: 'human',
  reason: 'face.none',
  limit: 'minHuman',
  good: 'atLeast',
  value: ({ subject }) => subject?.heads.human ?? 0,
  advice: (value, limit, { subject }) =>
    subject === null
      ? 'No face was found: use a picture that shows one person from the front.'
      : `What looks most like a face is human with ${percent(value)} probability; ${percent(limit)} is needed: use a picture of a person.`,
};

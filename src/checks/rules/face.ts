import { percent, type Rule, spanOf } from '../rule.ts';

/**
 * From this probability on a head in profile is taken for a face, however little human it looks from there; if it
 * spans this share of the picture's long edge at least, for in small patterns anything can be seen.
 */
const SURE_PROFILE = 0.9;
const PROFILE_SHARE = 0.2;

/**
 * Something is there that may be a human face. The limit is low, because a head in profile or under a mask looks less
 * human to the networks than a dog from the front: what else is wrong with it is found out first, and `human`
 * decides at the end.
 */
export const face: Rule = {
  id: 'face',
  reason: 'face.none',
  limit: 'minFace',
  good: 'atLeast',
  value: ({ subject, image }) => {
    if (subject === null) return 0;
    const { human, profile } = subject.heads;
    const isSureProfile = profile >= SURE_PROFILE && spanOf(subject, image) >= PROFILE_SHARE;
    return isSureProfile ? Math.max(human, profile) : human;
  },
  advice: (value, limit, { subject }) =>
    subject === null
      ? 'No face was found. Use a picture that shows one person from the front.'
      : `What looks most like a face is one with ${percent(value, limit)} probability (limit ${percent(limit)}). Use a picture that shows one person from the front.`,
};

import { isInProfile, onlyEyesCovered } from '../regions.ts';
import type { Rule } from '../rule.ts';

/** Nothing covers the mouth or the nose; covered eyes are a check of their own. */
export const visible: Rule = {
  id: 'visible',
  reason: 'face.obstructed',
  limit: 'maxCovered',
  good: 'atMost',
  value: ({ subject }) => {
    if (!subject || isInProfile(subject.heads)) return null;
    const { heads } = subject;
    return onlyEyesCovered(heads) ? Math.max(heads.covered.mouth, heads.covered.nose) : heads.obstructed;
  },
  advice: (words, value, limit, { subject }) => {
    // With only the eyes covered, a strict policy refuses the little that is likely elsewhere: nothing is known of that.
    const cover = subject && !onlyEyesCovered(subject.heads) ? subject.cover : null;
    return words.visible(value, limit, cover);
  },
};

import { describeCovered, onlyEyesCovered } from '../regions.ts';
import { percent, type Rule } from '../rule.ts';

/** Nothing covers the mouth or the nose; covered eyes are a check of their own. */
export const visible: Rule = {
  id: 'visible',
  reason: 'face.obstructed',
  limit: 'maxCovered',
  good: 'atMost',
  value: ({ subject }) => {
    if (!subject) return null;
    const { heads } = subject;
    return onlyEyesCovered(heads) ? Math.max(heads.covered.mouth, heads.covered.nose) : heads.obstructed;
  },
  advice: (value, limit, { subject }) =>
    `Something covers the ${subject ? describeCovered(subject.heads) : 'face'} with ${percent(value, limit)} probability; ${percent(limit)} is the most: use a picture without mask, hand or other cover.`,
};

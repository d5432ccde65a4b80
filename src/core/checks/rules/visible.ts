import type { ToldCover } from '../../words/words.ts';
import { isInProfile, onlyEyesCovered } from '../regions.ts';
import type { Rule } from '../rule.ts';

/** Nothing covers the mouth or the nose; covered eyes are a check of their own. */
export const visible = {
  id: 'visible',
  reason: 'face.obstructed',
  limit: 'maxCovered',
  bounds: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'A face more likely covered at mouth or nose than this is obstructed.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  good: 'atMost',
  value: ({ subject }) => {
    if (!subject || isInProfile(subject.heads)) return null;
    const { heads } = subject;
    return onlyEyesCovered(heads) ? Math.max(heads.covered.mouth, heads.covered.nose) : heads.obstructed;
  },
  /**
   * What covers the face; null where that is not known. With only the eyes covered, a strict policy refuses the little that is
   * likely elsewhere: nothing is known of that.
   */
  told: ({ subject }): ToldCover | null =>
    subject && !onlyEyesCovered(subject.heads) ? subject.cover : null,
} as const satisfies Rule;

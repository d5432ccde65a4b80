import type { CoverClass, Subject } from '../../inspection.ts';
import type { ToldCover } from '../../words/words.ts';
import { coverOn, EYES, eyesCovered, isInProfile } from '../regions.ts';
import type { Rule } from '../rule.ts';

/** At least one eye can be seen. LivePortrait cannot animate eyes behind dark glasses; a limit of 1 allows them. */
export const eyesVisible = {
  id: 'eyes_visible',
  reason: 'face.obstructed',
  limit: 'maxEyesCovered',
  bounds: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning: 'A face with both eyes more likely covered than this is obstructed; 1 allows dark glasses.',
    source: 'The even point of a calibrated head; LivePortrait cannot animate eyes that it does not see.',
  },
  good: 'atMost',
  value: ({ subject }) => (subject && !isInProfile(subject.heads) ? eyesCovered(subject.heads) : null),
  /** What covers the eyes; null where that is not known. */
  told: ({ subject }) => subject && beforeTheEyes(subject),
} as const satisfies Rule;

/** These reach over a whole face; a thing over mouth and nose may be another than that before the eyes. */
const LARGE: ReadonlySet<CoverClass> = new Set(['hand', 'hair']);

function beforeTheEyes({ cover }: Subject): ToldCover {
  const onEyes = coverOn(cover, EYES);
  const isKnown = cover !== null && onEyes !== null;
  const isAll = isKnown && onEyes.regions.length === cover.regions.length;
  return { class: isAll || (isKnown && LARGE.has(cover.class)) ? cover.class : 'object', regions: EYES };
}

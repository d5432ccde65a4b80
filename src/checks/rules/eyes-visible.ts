import { eyesCovered } from '../regions.ts';
import { percent, type Rule } from '../rule.ts';

/** At least one eye can be seen. LivePortrait cannot animate eyes behind dark glasses; a limit of 1 allows them. */
export const eyesVisible: Rule = {
  id: 'eyes_visible',
  reason: 'face.obstructed',
  limit: 'maxEyesCovered',
  good: 'atMost',
  value: ({ subject }) => subject && eyesCovered(subject.heads),
  advice: (value, limit) =>
    `Both eyes are covered with ${percent(value, limit)} probability; ${percent(limit)} is the most: use a picture without dark glasses or hair over the eyes.`,
};

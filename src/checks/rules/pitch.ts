import { type Rule, rounded } from '../rule.ts';

/** The head is not tilted too far up or down. */
export const pitch: Rule = {
  id: 'pitch',
  reason: 'face.tilted',
  limit: 'maxPitch',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.pitch) : null),
  advice: (value, limit, { subject }) =>
    `Head looks ${rounded(value, limit)} degrees ${(subject?.pose.pitch ?? 0) > 0 ? 'up' : 'down'}; ${limit} are the most: use a picture taken at the height of the eyes.`,
};

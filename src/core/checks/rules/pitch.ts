import { type Rule, rounded } from '../rule.ts';

/** The head is not tilted too far up or down. */
export const pitch: Rule = {
  id: 'pitch',
  reason: 'face.tilted',
  limit: 'maxPitch',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.pitch) : null),
  advice: (value, limit, { subject }) =>
    `The head looks ${(subject?.pose.pitch ?? 0) > 0 ? 'up' : 'down'} by ${rounded(value, limit)}° (limit ${limit}°). Use a picture taken at the height of the eyes.`,
};

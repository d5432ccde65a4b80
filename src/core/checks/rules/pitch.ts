import type { Rule } from '../rule.ts';

/** The head is not tilted too far up or down. */
export const pitch: Rule = {
  id: 'pitch',
  reason: 'face.tilted',
  limit: 'maxPitch',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.pitch) : null),
  advice: (words, value, limit, { subject }) =>
    words.pitch(value, limit, (subject?.pose.pitch ?? 0) > 0 ? 'up' : 'down'),
};

import type { Rule } from '../rule.ts';

/** The head is not tilted too far up or down. */
export const pitch = {
  id: 'pitch',
  reason: 'face.tilted',
  limit: 'maxPitch',
  bounds: {
    default: 37,
    min: 0,
    max: 90,
    unit: 'degrees',
    meaning: 'Tilt of the head up or down.',
    source:
      'Labelled usable portraits lie within 25 degrees; half more leaves room for the error of the estimate.',
  },
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.pitch) : null),
  /** Where the head looks. */
  told: ({ subject }) => ((subject?.pose.pitch ?? 0) > 0 ? 'up' : 'down'),
} as const satisfies Rule;

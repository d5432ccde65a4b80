import type { Rule } from '../rule.ts';

/** The light does not come from behind. */
export const backlight = {
  id: 'backlight',
  reason: 'face.backlit',
  limit: 'maxBacklight',
  bounds: {
    default: 0.3,
    min: 0,
    max: 1,
    unit: 'luma',
    meaning: 'By how much the mean luma right around the face exceeds that inside.',
    source: '998 of 1,000 labelled usable portraits have less than 0.3.',
  },
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => subject && Math.max(0, subject.surround - subject.brightness),
} as const satisfies Rule;

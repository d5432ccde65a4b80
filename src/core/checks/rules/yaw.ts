import type { Rule } from '../rule.ts';

/** The head is not turned into profile. */
export const yaw = {
  id: 'yaw',
  reason: 'face.profile',
  limit: 'maxYaw',
  bounds: {
    default: 50,
    min: 0,
    max: 90,
    unit: 'degrees',
    meaning: 'Turn of the head to either side.',
    source: 'Labelled photos: 60 degrees is a profile, 35 is not; the limit leaves the same room to both.',
  },
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.yaw) : null),
} as const satisfies Rule;

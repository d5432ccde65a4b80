import type { Rule } from '../rule.ts';

/** The head is not seen in profile. Degrees are held against a limit of their own, by `yaw`. */
export const frontal = {
  id: 'frontal',
  reason: 'face.profile',
  limit: 'maxProfile',
  bounds: {
    default: 0.5,
    min: 0,
    max: 1,
    unit: 'probability',
    meaning:
      'A head more likely in profile than this is refused, no matter what its turn in degrees seems to be.',
    source: 'The even point of a calibrated head; see MODEL_CARD.md.',
  },
  good: 'atMost',
  value: ({ subject }) => subject?.heads.profile ?? null,
} as const satisfies Rule;

import { OFF, type Rule } from '../rule.ts';

/** The eyes are far enough apart in the picture itself, for a generator that scales by them. */
export const eyeDistance = {
  id: 'eye_distance',
  reason: 'face.small',
  limit: 'minEyeDistance',
  bounds: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: 'Distance between the centres of the eyes in pixels of the picture itself.',
    source: OFF,
  },
  good: 'atLeast',
  optional: true,
  value: ({ subject }) => subject?.interEyeDistance ?? null,
} as const satisfies Rule;

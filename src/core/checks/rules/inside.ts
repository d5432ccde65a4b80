import type { Rule } from '../rule.ts';

/** The face is not cut off by the frame. */
export const inside = {
  id: 'inside',
  reason: 'face.cut_off',
  limit: 'maxOutside',
  bounds: {
    default: 0.15,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Share of the face's box that lies outside the picture.",
    source: 'A seventh of the box is about a chin or an eye.',
  },
  good: 'atMost',
  value: ({ subject }) => subject?.outside ?? null,
} as const satisfies Rule;

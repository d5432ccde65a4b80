import { OFF, type Rule } from '../rule.ts';

/** From this score on a point of the body counts as seen, as in `@vladmandic/human`; of 120 labelled portraits of heads, 2 have such hips. */
export const SEEN = 0.3;

/** The picture shows the body down to the hips: half of it, or more. */
export const hips = {
  id: 'hips',
  reason: 'body.cut_off',
  limit: 'minHips',
  bounds: {
    default: 0,
    min: 0,
    max: 1,
    unit: 'score',
    meaning: 'How surely both hips are in the picture, so that half a body is.',
    source: OFF,
  },
  good: 'atLeast',
  optional: true,
  ofBody: true,
  value: ({ body }) => (body ? Math.min(body.leftHip.score, body.rightHip.score) : null),
} as const satisfies Rule;

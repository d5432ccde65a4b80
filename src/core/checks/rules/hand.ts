import type { SurfaceRegion } from '../../inspection.ts';
import type { Rule } from '../rule.ts';

/** Where skin that is no face's is a hand's; at the chin it may be the neck's. */
const REGIONS: readonly SurfaceRegion[] = [
  'leftCheek',
  'rightCheek',
  'forehead',
  'leftEye',
  'rightEye',
  'nose',
  'mouth',
];

/** No hand touches the face, even where it does no harm. */
export const hand: Rule = {
  id: 'hand',
  reason: 'face.obstructed',
  limit: 'maxHandShare',
  good: 'atMost',
  optional: true,
  value: ({ subject }) => subject && Math.max(...REGIONS.map((region) => subject.surface[region].skin)),
  advice: (words, value, limit) => words.hand(value, limit),
};

import type { SurfaceRegion } from '../../inspection.ts';
import { OFF, type Rule } from '../rule.ts';

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
export const hand = {
  id: 'hand',
  reason: 'face.obstructed',
  limit: 'maxHandShare',
  bounds: {
    default: 1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning:
      'How much of a cheek, the forehead, an eye, the nose or the mouth looks like the skin of a hand, at most.',
    source: OFF,
  },
  good: 'atMost',
  optional: true,
  value: ({ subject }) => subject && Math.max(...REGIONS.map((region) => subject.surface[region].skin)),
} as const satisfies Rule;

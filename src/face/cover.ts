import type { Cover, CoverClass, FaceRegion, HeadScores, SurfaceClass } from '../inspection.ts';
import { SURFACE_CLASSES } from '../models/surface-model.ts';
import type { SurfaceReading } from './surface.ts';
import { REGION_NAMES } from './surface-regions.ts';

/** From this probability on a region is covered: the even point of a calibrated head. */
const EVEN = 0.5;

/** What is told of a thing seen on the surface; other skin than the face's is a hand's. */
const CLASS_OF_SURFACE: readonly (readonly [SurfaceClass, CoverClass])[] = [
  ['skin', 'hand'],
  ['hair', 'hair'],
  ['cloth', 'cloth'],
  ['object', 'object'],
];

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

const EYES: ReadonlySet<FaceRegion> = new Set(['leftEye', 'rightEye']);

/**
 * What covers a face: the regions by the heads, the class by what most of the surface of these regions is. A thing
 * before the eyes alone is a pair of glasses.
 */
export function nameCover({ covered }: HeadScores, { means }: SurfaceReading): Cover | null {
  const regions = REGIONS.filter((region) => covered[region] >= EVEN);
  if (regions.length === 0) return null;
  const seen = ([name]: (typeof CLASS_OF_SURFACE)[number]) =>
    regions.reduce((sum, region) => {
      const row = REGION_NAMES.indexOf(region) * SURFACE_CLASSES.length;
      return sum + means[row + SURFACE_CLASSES.indexOf(name)];
    }, 0);
  const [, most] = CLASS_OF_SURFACE.reduce((best, entry) => (seen(entry) > seen(best) ? entry : best));
  const isThing = most === 'object' && regions.every((region) => EYES.has(region));
  return { class: isThing ? 'glasses' : most, regions };
}

import type { Cover, CoverClass, FaceRegion, HeadScores, SurfaceClass } from '../inspection.ts';
import { SURFACE_CLASSES } from '../models/surface-network.ts';
import type { SurfaceReading } from './surface.ts';
import { REGION_NAMES } from './surface-regions.ts';

/** From this probability on a region is covered: the even point of a calibrated head. */
const EVEN = 0.5;

/** What is told of a thing seen on the surface; other skin than the face's is a hand's. */
const CLASSES = {
  skin: 'hand',
  hair: 'hair',
  cloth: 'cloth',
  object: 'object',
} as const satisfies Partial<Record<SurfaceClass, CoverClass>>;

/**
 * A class is told where it has this mean share of the covered regions; less is a guess. Hands are small beside a mouth:
 * of labelled hands at the mouth the middle one has 0.15.
 */
const TOLD_FROM: Readonly<Record<keyof typeof CLASSES, number>> = {
  skin: 0.1,
  hair: 0.2,
  cloth: 0.2,
  object: 0,
};

/** Dark lenses look like dark hair: with this share of things, and half that of hair, it is glasses. */
const GLASSES_FROM = 0.1;
const GLASSES_TO_HAIR = 0.5;

/** A thing with so large a share of nose, mouth and chin is a mask: of labelled objects before a mouth none has 0.35. */
const MASK_FROM = 0.35;

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/**
 * What covers a face. The heads say which regions are covered, and the surface of these regions says by what; what is not seen
 * clearly is an object.
 *
 * @returns null where nothing does, and for a head in profile, which hides parts of the face by itself
 */
export function nameCover(
  { covered, profile }: HeadScores,
  { means }: Pick<SurfaceReading, 'means'>,
): Omit<Cover, 'area'> | null {
  const regions = REGIONS.filter((region) => covered[region] >= EVEN);
  if (regions.length === 0 || profile >= EVEN) return null;
  const shareOf = (name: SurfaceClass) =>
    regions.reduce((sum, region) => {
      const row = REGION_NAMES.indexOf(region) * SURFACE_CLASSES.length;
      return sum + means[row + SURFACE_CLASSES.indexOf(name)] / regions.length;
    }, 0);
  return { class: classOf(regions, shareOf), regions };
}

function classOf(regions: readonly FaceRegion[], shareOf: (name: SurfaceClass) => number): CoverClass {
  const isJust = (...names: readonly FaceRegion[]) =>
    regions.length === names.length && names.every((name) => regions.includes(name));
  const thing = shareOf('object');
  if (isJust('leftEye', 'rightEye') && thing >= GLASSES_FROM && thing >= GLASSES_TO_HAIR * shareOf('hair')) {
    return 'glasses';
  }
  if (isJust('nose', 'mouth', 'chin') && thing + shareOf('cloth') >= MASK_FROM) return 'cloth';
  const names = Object.keys(CLASSES) as (keyof typeof CLASSES)[];
  const most = names.reduce((best, name) => (shareOf(name) > shareOf(best) ? name : best));
  return shareOf(most) >= TOLD_FROM[most] ? CLASSES[most] : 'object';
}

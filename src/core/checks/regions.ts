import type { FaceRegion, HeadScores } from '../inspection.ts';
import type { ToldCover } from '../words/words.ts';

/** From this probability on a region is called covered: the even point of a calibrated head. */
const EVEN = 0.5;

/** The eyes. */
export const EYES = ['leftEye', 'rightEye'] as const satisfies readonly FaceRegion[];

/**
 * Probability that both eyes are covered so that the face is spoilt, by dark glasses for instance; one eye alone
 * does no harm. It is not higher than that of an obstruction at all: closed or shadowed eyes are not covered.
 */
export function eyesCovered({ covered, obstructed }: HeadScores): number {
  return Math.min(covered.leftEye, covered.rightEye, obstructed);
}

/** Whether a head is so likely in profile that nobody can say what covers it: half of it is out of sight. */
export function isInProfile({ profile }: HeadScores): boolean {
  return profile > EVEN;
}

/** True where the eyes are covered and neither mouth nor nose is. */
export function onlyEyesCovered({ covered }: HeadScores): boolean {
  const { leftEye, rightEye, mouth, nose } = covered;
  return Math.min(leftEye, rightEye) >= EVEN && Math.max(mouth, nose) < EVEN;
}

/** The part of a cover that lies on some regions; null where none of it does. */
export function coverOn(cover: ToldCover | null, on: readonly FaceRegion[]): ToldCover | null {
  if (cover === null) return null;
  const regions = cover.regions.filter((region) => on.includes(region));
  return regions.length === 0 ? null : { ...cover, regions };
}

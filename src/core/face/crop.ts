import type { Crop } from '../inspection.ts';
import { BELOW_FOREHEAD, POINT } from './mesh-points.ts';

/** LivePortrait's settings: the square's edge over the face's longer edge, and how far it is moved up, in its own edges. */
export const LIVEPORTRAIT_CROP = { scale: 2.3, up: 0.125 } as const;

/**
 * The square that LivePortrait cuts out: it levels the face by the axis from the middle of the eyes to the
 * middle of the lips, takes the bounding box of the landmarks there, makes it a square of 2.3 times the longer
 * edge and moves that up by an eighth. Its landmarks end at the eyebrows, so the forehead is left out here too.
 *
 * @param points mesh points, x, y, z triples, in the unit that the crop is wanted in
 */
export function livePortraitCrop(points: Float32Array): Crop {
  const x = (index: number) => points[index * 3];
  const y = (index: number) => points[index * 3 + 1];
  const middle = (of: (index: number) => number, indices: readonly number[]) =>
    indices.reduce((sum, index) => sum + of(index), 0) / indices.length;
  const eyes = [POINT.rightEyeOuter, POINT.rightEyeInner, POINT.leftEyeInner, POINT.leftEyeOuter];
  const lips = [POINT.mouthRight, POINT.mouthLeft];
  const angle = Math.atan2(-(middle(x, lips) - middle(x, eyes)), middle(y, lips) - middle(y, eyes));
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const index of BELOW_FOREHEAD) {
    const across = cos * x(index) + sin * y(index);
    const down = cos * y(index) - sin * x(index);
    left = Math.min(left, across);
    right = Math.max(right, across);
    top = Math.min(top, down);
    bottom = Math.max(bottom, down);
  }
  const size = LIVEPORTRAIT_CROP.scale * Math.max(right - left, bottom - top);
  const across = (left + right) / 2;
  const down = (top + bottom) / 2 - LIVEPORTRAIT_CROP.up * size;
  return {
    center: { x: cos * across - sin * down, y: sin * across + cos * down },
    size,
    angle: (angle * 180) / Math.PI,
  };
}

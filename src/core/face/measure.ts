import type { Box, Point } from '../inspection.ts';
import { POINT } from './mesh-points.ts';

/** The gap of the lips over the width of the mouth: 0 is closed. */
export function mouthOpening(points: Float32Array): number {
  return ratio(points, [POINT.upperLipBottom, POINT.lowerLipTop], [POINT.mouthRight, POINT.mouthLeft]);
}

/** The gap of the lids over the width of the eye, of the more closed eye. */
export function eyeOpening(points: Float32Array): number {
  return Math.min(
    ratio(points, [POINT.rightEyeTop, POINT.rightEyeBottom], [POINT.rightEyeOuter, POINT.rightEyeInner]),
    ratio(points, [POINT.leftEyeTop, POINT.leftEyeBottom], [POINT.leftEyeInner, POINT.leftEyeOuter]),
  );
}

/** Distance between the centres of the eyes, in the unit of the points. */
export function interEyeDistance(points: Float32Array): number {
  const middle = (a: number, b: number): Point => ({
    x: (points[a * 3] + points[b * 3]) / 2,
    y: (points[a * 3 + 1] + points[b * 3 + 1]) / 2,
  });
  const right = middle(POINT.rightEyeOuter, POINT.rightEyeInner);
  const left = middle(POINT.leftEyeInner, POINT.leftEyeOuter);
  return Math.hypot(left.x - right.x, left.y - right.y);
}

/** The share of a box's area, 0 to 1, that lies outside a picture of this size. */
export function shareOutside(box: Box, width: number, height: number): number {
  const inside = (from: number, length: number, limit: number) =>
    Math.max(0, Math.min(from + length, limit) - Math.max(from, 0));
  const seen = inside(box.x, box.width, width) * inside(box.y, box.height, height);
  return 1 - seen / (box.width * box.height);
}

function ratio(
  points: Float32Array,
  gap: readonly [number, number],
  width: readonly [number, number],
): number {
  const distance = ([a, b]: readonly [number, number]) =>
    Math.hypot(
      points[b * 3] - points[a * 3],
      points[b * 3 + 1] - points[a * 3 + 1],
      points[b * 3 + 2] - points[a * 3 + 2],
    );
  const wide = distance(width);
  return wide > 0 ? distance(gap) / wide : 0;
}

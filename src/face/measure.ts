import type { Box, Point } from '../inspection.ts';
import { FACE_OVAL, POINT } from './mesh-points.ts';

/** Light inside the face. */
export interface Light {
  /** Mean luma, 0 (black) to 1 (white). */
  readonly brightness: number;
  /** Standard deviation of the luma, 0 to 0.5. */
  readonly contrast: number;
}

/**
 * Mean and spread of the luma (Rec. 709 weights on sRGB values) inside the outline of the face.
 *
 * @param planes   3 x size x size numbers from 0 to 1: the mesh's input
 * @param levelled the mesh's points in pixels of that input
 */
export function measureLight(planes: Float32Array, size: number, levelled: Float32Array): Light {
  let count = 0;
  let sum = 0;
  let squares = 0;
  const plane = size * size;
  const oval = outline(levelled);
  for (let y = 0; y < size; y++) {
    const across = crossings(oval, y + 0.5);
    for (let i = 0; i + 1 < across.length; i += 2) {
      const from = y * size + Math.max(0, Math.ceil(across[i] - 0.5));
      const end = y * size + Math.min(size, Math.floor(across[i + 1] + 0.5));
      for (let at = from; at < end; at++) {
        const luma = 0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at];
        sum += luma;
        squares += luma * luma;
      }
      count += Math.max(0, end - from);
    }
  }
  if (count === 0) return { brightness: 0, contrast: 0 };
  const mean = sum / count;
  return { brightness: mean, contrast: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

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

function outline(levelled: Float32Array): Point[] {
  return FACE_OVAL.map((index) => ({ x: levelled[index * 3], y: levelled[index * 3 + 1] }));
}

/** Where a polygon's edges cross a row, from left to right: from each odd one to the next is inside. */
function crossings(polygon: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let a = polygon[polygon.length - 1];
  for (const b of polygon) {
    if (a.y > y !== b.y > y) found.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
    a = b;
  }
  // Rows are crossed twice but for odd shapes, and `sort` is dear.
  if (found.length !== 2) return found.sort((p, q) => p - q);
  return found[0] <= found[1] ? found : [found[1], found[0]];
}

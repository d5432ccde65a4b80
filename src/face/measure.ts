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
  for (const { from, end } of spansInside(outline(levelled), size)) {
    for (let at = from; at < end; at++) {
      const luma = 0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at];
      sum += luma;
      squares += luma * luma;
    }
    count += end - from;
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

/** Pixels of a row, as indices into a plane: the first, and the one behind the last. */
interface Span {
  readonly from: number;
  readonly end: number;
}

/** The pixels of a size x size plane whose centres are inside a polygon, row by row. */
function spansInside(polygon: readonly Point[], size: number): Span[] {
  const spans: Span[] = [];
  for (let y = 0; y < size; y++) {
    const crossings: number[] = [];
    for (let i = 0; i < polygon.length; i++) {
      const a = polygon[i];
      const b = polygon[(i + 1) % polygon.length];
      if (a.y > y + 0.5 === b.y > y + 0.5) continue;
      crossings.push(a.x + ((y + 0.5 - a.y) / (b.y - a.y)) * (b.x - a.x));
    }
    crossings.sort((p, q) => p - q);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i] - 0.5));
      const end = Math.min(size, Math.floor(crossings[i + 1] + 0.5));
      if (from < end) spans.push({ from: y * size + from, end: y * size + end });
    }
  }
  return spans;
}

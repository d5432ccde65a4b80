import type { RawDetection } from '../../src/core/face/anchors.ts';
import { type Square, sampleSquare } from '../../src/core/face/sample.ts';
import type { Pixels } from '../../src/core/image/pixels.ts';
import { mirror } from './harvest.ts';
import type { Rng } from './rng.ts';
import { boxWidth, type Reading } from './vision.ts';

/** Edge of the square in which a face is changed, in pixels. */
export const PATCH = 320;

/** A face with its surroundings, cut out to be changed. */
export interface Patch {
  readonly pixels: Pixels;
  /** x, y pairs of the mesh's points, in pixels of the patch. */
  readonly points: Float32Array;
  /** The face's box in pixels of the patch: left, top, right, bottom. */
  readonly box: RawDetection['box'];
  readonly mirrored: boolean;
  /** The square that was cut out, in decoded pixels; not mirrored. */
  readonly square: Square;
}

/**
 * Cuts a face out with room around it: turned, scaled and moved by chance, so that the detector sees it anew.
 *
 * @param reading what the mesh said of the face in these pixels
 */
export function cutPatch(pixels: Pixels, face: RawDetection, reading: Reading, rng: Rng): Patch {
  const size = Math.max(boxWidth(face) * rng.between(1.8, 3), 1);
  const square: Square = {
    cx: (face.box[0] + face.box[2]) / 2 + size * rng.between(-0.08, 0.08),
    cy: (face.box[1] + face.box[3]) / 2 + size * rng.between(-0.08, 0.08),
    size,
    angle: reading.square.angle * rng.next() + rng.normal() * 0.12,
  };
  const planes = new Float32Array(3 * PATCH * PATCH);
  sampleSquare(pixels, square, { outSize: PATCH, scale: 1 }, planes);
  const place = (x: number, y: number): [number, number] => toPatch(square, x, y);
  const points = new Float32Array((reading.points.length / 3) * 2);
  for (let i = 0; i * 3 < reading.points.length; i++) {
    points.set(place(reading.points[i * 3], reading.points[i * 3 + 1]), i * 2);
  }
  const [cx, cy] = place((face.box[0] + face.box[2]) / 2, (face.box[1] + face.box[3]) / 2);
  const half = ((boxWidth(face) / size) * PATCH) / 2;
  const patch: Patch = {
    pixels: interleave(planes),
    points,
    box: [cx - half, cy - half, cx + half, cy + half],
    mirrored: false,
    square,
  };
  return rng.chance(0.5) ? mirrorPatch(patch) : patch;
}

function toPatch({ cx, cy, size, angle }: Square, x: number, y: number): [number, number] {
  const [dx, dy] = [x - cx, y - cy];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const scale = PATCH / size;
  return [PATCH / 2 + (cos * dx + sin * dy) * scale, PATCH / 2 + (cos * dy - sin * dx) * scale];
}

function interleave(planes: Float32Array): Pixels {
  const plane = PATCH * PATCH;
  const data = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.round(planes[c * plane + i]);
  }
  return { data, width: PATCH, height: PATCH, scaleX: 1, scaleY: 1 };
}

/**
 * The mirrored patch. Its points keep their numbers, and so their places on the face; what they call the right eye
 * is the left one of the person that the mirrored picture shows.
 */
function mirrorPatch({ pixels, points, box, square }: Patch): Patch {
  return {
    square,
    pixels: mirror(pixels),
    points: points.map((value, i) => (i % 2 === 0 ? PATCH - 1 - value : value)),
    box: [PATCH - 1 - box[2], box[1], PATCH - 1 - box[0], box[3]],
    mirrored: true,
  };
}

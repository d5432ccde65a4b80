import type { FaceRegion } from '../../../src/core/inspection.ts';

/** A place on the drawing, in pixels. */
export type Place = readonly [x: number, y: number];

/** Where the parts of a face are on the drawing, by the mesh's points. */
export interface FaceFrame {
  /** Edge of the square drawing. */
  readonly size: number;
  /** Distance between the outer corners of the eyes: the unit of all sizes. */
  readonly unit: number;
  /** The line of the eyes, in degrees, for SVG's rotate. */
  readonly tilt: number;
  readonly rightEye: Place;
  readonly leftEye: Place;
  readonly noseTip: Place;
  readonly mouth: Place;
  readonly chin: Place;
  readonly forehead: Place;
  /** A point of the mesh. */
  point(index: number): Place;
  /** A place so many units from another along the face's own axes: to the person's left, and down. */
  from(place: Place, left: number, down: number): Place;
}

/** The mesh's points that stand for each region. Source: MediaPipe's canonical face model. */
export const REGION_POINTS: Readonly<Record<FaceRegion, readonly number[]>> = {
  leftEye: [362, 385, 386, 387, 263, 373, 374, 380, 384, 398, 390, 381],
  rightEye: [33, 160, 159, 158, 133, 153, 145, 144, 157, 173, 163, 154],
  nose: [1, 4, 5, 2, 98, 327, 45, 275, 115, 344, 195],
  mouth: [61, 291, 0, 17, 37, 267, 84, 314, 13, 14, 78, 308, 40, 270, 91, 321],
  chin: [152, 175, 199, 200, 148, 377, 176, 400, 208, 428],
};

/** @param points x, y pairs of the 468 points, in pixels of the drawing */
export function frameOf(points: Float32Array, size: number): FaceFrame {
  const point = (index: number): Place => [points[index * 2], points[index * 2 + 1]];
  const between = (a: number, b: number): Place => {
    const [p, q] = [point(a), point(b)];
    return [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  };
  const [outerRight, outerLeft] = [point(33), point(263)];
  const across: Place = [outerLeft[0] - outerRight[0], outerLeft[1] - outerRight[1]];
  const angle = Math.atan2(across[1], across[0]);
  // A head turned aside has its eyes close together; its height still tells its size.
  const [top, bottom] = [point(10), point(152)];
  const unit = Math.max(Math.hypot(...across), 0.62 * Math.hypot(bottom[0] - top[0], bottom[1] - top[1]));
  const [cos, sin] = [Math.cos(angle) * unit, Math.sin(angle) * unit];
  // In a mirrored picture the person's left eye is on the picture's left: down is where the chin is all the same.
  const side = Math.sign(cos * (bottom[1] - top[1]) - sin * (bottom[0] - top[0])) || 1;
  return {
    size,
    unit,
    tilt: (Math.atan2(across[1] * side, across[0] * side) * 180) / Math.PI,
    rightEye: between(33, 133),
    leftEye: between(362, 263),
    noseTip: point(1),
    mouth: between(13, 14),
    chin: bottom,
    forehead: top,
    point,
    from: ([x, y], left, down) => [x + cos * left - side * sin * down, y + sin * left + side * cos * down],
  };
}

/** What is drawn over a picture, in pixels of the upright picture. Pure functions. */
import type { Crop, FaceRegion, Point, Pose, Subject } from '../../../src/inspection.ts';

/** Points of the mesh in each region of a face; the hull of them, made a little larger, is the region. */
const REGION_POINTS: Readonly<Record<FaceRegion, readonly number[]>> = {
  rightEye: [33, 133, 159, 145, 70, 105, 107, 228, 230, 233],
  leftEye: [263, 362, 386, 374, 300, 334, 336, 448, 450, 453],
  nose: [6, 122, 351, 129, 358, 98, 327, 2, 1],
  mouth: [61, 291, 0, 17, 37, 267, 84, 314, 40, 270, 91, 321],
  chin: [152, 148, 377, 176, 400, 149, 378, 32, 262, 194, 418, 18],
};

/** The points lie on the features' edges; what covers them is seen around them too. */
const REGION_MARGIN = 1.25;

/** The points of a mesh, as an SVG path of dots: a line of no length with round ends. */
export function meshPath(mesh: readonly number[]): string {
  let path = '';
  for (let at = 0; at + 1 < mesh.length; at += 3) path += `M${round(mesh[at])} ${round(mesh[at + 1])}h0`;
  return path;
}

/** The regions of a face as polygons. */
export function regionPolygons({ mesh }: Pick<Subject, 'mesh'>): readonly [FaceRegion, readonly Point[]][] {
  return Object.entries(REGION_POINTS).map(([region, indices]) => [
    region as FaceRegion,
    enlarge(hull(indices.map((index) => ({ x: mesh[index * 3], y: mesh[index * 3 + 1] })))),
  ]);
}

/** The head's axes as they appear in the picture, each of length 1 in space. */
export interface HeadAxes {
  /** To the picture's right, for a face from the front. */
  readonly across: Point;
  /** Out of the crown. */
  readonly up: Point;
  /** Out of the face. */
  readonly forward: Point;
}

/** Where a head with these angles points. */
export function headAxes({ yaw, pitch, roll }: Pose): HeadAxes {
  const [sinYaw, cosYaw] = sinCos(yaw);
  const [sinPitch, cosPitch] = sinCos(pitch);
  const [sinRoll, cosRoll] = sinCos(roll);
  const lean = (x: number, y: number) => ({ x: x * cosRoll - y * sinRoll, y: x * sinRoll + y * cosRoll });
  return {
    across: lean(cosYaw, 0),
    up: lean(-sinYaw * sinPitch, -cosPitch),
    forward: lean(sinYaw * cosPitch, -sinPitch),
  };
}

/** The corners of a crop, clockwise from the one that is top left in the crop itself. */
export function cropCorners({ center, size, angle }: Crop): readonly Point[] {
  const [sin, cos] = sinCos(angle);
  const half = size / 2;
  return [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ].map(([x, y]) => ({ x: center.x + x * cos - y * sin, y: center.y + x * sin + y * cos }));
}

/** Six numbers of a canvas transform. */
export type Matrix = readonly [number, number, number, number, number, number];

/** What brings a crop onto a square canvas of this edge. */
export function cropTransform({ center, size, angle }: Crop, edge: number): Matrix {
  const scale = edge / size;
  const [sin, cos] = sinCos(-angle);
  const [a, b] = [cos * scale, sin * scale];
  return [a, b, -b, a, edge / 2 - a * center.x + b * center.y, edge / 2 - b * center.x - a * center.y];
}

/** Points as an SVG polygon wants them. */
export function pointList(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
}

/** The middle of a polygon's corners. */
export function middleOf(points: readonly Point[]): Point {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}

function enlarge(points: readonly Point[]): readonly Point[] {
  const { x: left, y: top } = middleOf(points);
  return points.map(({ x, y }) => ({
    x: left + (x - left) * REGION_MARGIN,
    y: top + (y - top) * REGION_MARGIN,
  }));
}

/** The convex hull, by Andrew's monotone chain. */
function hull(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((p, q) => p.x - q.x || p.y - q.y);
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function sinCos(degrees: number): readonly [number, number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What is drawn over a picture, in pixels of the upright picture. Pure functions. */
import type { Crop, Point, Pose } from '../../../src/core/inspection.ts';

/** The points of a mesh, as an SVG path of dots: a line of no length with round ends. */
export function meshPath(mesh: readonly number[]): string {
  let path = '';
  for (let at = 0; at + 1 < mesh.length; at += 3) path += `M${round(mesh[at])} ${round(mesh[at + 1])}h0`;
  return path;
}

/** Outlines as an SVG path; each has x and y in turns. */
export function outlinesPath(outlines: readonly (readonly number[])[]): string {
  return outlines.map((outline) => `M${outline.join(' ')}Z`).join('');
}

/** The middle of the lower end of some outlines; null where there are none. */
export function bottomOf(outlines: readonly (readonly number[])[]): Point | null {
  const numbers = outlines.flat();
  if (numbers.length === 0) return null;
  const across = numbers.filter((_, i) => i % 2 === 0);
  const down = numbers.filter((_, i) => i % 2 === 1);
  return { x: (Math.min(...across) + Math.max(...across)) / 2, y: Math.max(...down) };
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

/** Where a crop is named: at its first corner, or as near to it as the picture reaches. */
export function labelPlace(
  crop: Crop,
  { uprightWidth, uprightHeight }: { readonly uprightWidth: number; readonly uprightHeight: number },
): Point {
  const corners = cropCorners(crop);
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  // The corner itself, if the crop lies straight; that of the box around it otherwise.
  return { x: Math.min(uprightWidth, Math.max(0, left)), y: Math.min(uprightHeight, Math.max(0, top)) };
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

function sinCos(degrees: number): readonly [number, number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

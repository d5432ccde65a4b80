/** What is drawn over a picture as paths and transforms, in pixels of the upright picture. Pure functions. */
import { sinCos } from '../../../src/annotate/geometry.ts';
import type { Crop, Point } from '../../../src/core/inspection.ts';

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

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Polygons: of points, or of numbers, which are x and y of the corners in turns. Pure functions. */
import type { Point } from '../inspection.ts';

/** Where a polygon's edges cross a row, from left to right: from each odd one to the next is inside. */
export function crossings(polygon: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let a = polygon[polygon.length - 1];
  for (const b of polygon) {
    if (a.y > y !== b.y > y) found.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
    a = b;
  }
  // Rows are crossed twice except in odd shapes, and `sort` is slow.
  if (found.length !== 2) return found.sort((p, q) => p - q);
  return found[0] <= found[1] ? found : [found[1], found[0]];
}

/** How far a point is inside a polygon, in the polygon's unit; negative outside. */
export function depthInside(polygon: readonly number[], x: number, y: number): number {
  let isInside = false;
  let nearest = Number.POSITIVE_INFINITY;
  let [ax, ay] = polygon.slice(-2);
  for (let i = 0; i < polygon.length; i += 2) {
    const [bx, by] = [polygon[i], polygon[i + 1]];
    const [dx, dy] = [bx - ax, by - ay];
    if (ay > y !== by > y && x < ax + ((y - ay) / dy) * dx) isInside = !isInside;
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
    const [offX, offY] = [ax + along * dx - x, ay + along * dy - y];
    nearest = Math.min(nearest, offX * offX + offY * offY);
    [ax, ay] = [bx, by];
  }
  return isInside ? Math.sqrt(nearest) : -Math.sqrt(nearest);
}

/** The convex hull of points, by Andrew's monotone chain. */
export function hullOf(points: readonly number[]): number[] {
  const sorted = Array.from({ length: points.length / 2 }, (_, i) => [points[i * 2], points[i * 2 + 1]]).sort(
    ([ax, ay], [bx, by]) => ax - bx || ay - by,
  );
  const half = (ordered: readonly number[][]) => {
    const chain: number[][] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0)
        chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())].flat();
}

function turn([ax, ay]: readonly number[], [bx, by]: readonly number[], [cx, cy]: readonly number[]): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** Outlines of where a grid of numbers is high. Pure functions; coordinates are in cells, a cell's middle being whole. */

/** A closed line, as x and y of its corners in turns. */
export type Outline = readonly number[];

/** How much an outline may leave out. */
export interface OutlineBounds {
  readonly maxOutlines: number;
  /** Corners of one outline. */
  readonly maxCorners: number;
  /** Corners that change an outline by less than this many cells' area are left out; so are smaller outlines. */
  readonly leastArea: number;
}

type Edge = 'top' | 'right' | 'bottom' | 'left';

/**
 * Where the outline passes through a square of four cells, from one edge to another with the inside on the left. The index
 * has a bit for each corner that is inside: 1 top left, 2 top right, 4 bottom right, 8 bottom left.
 */
const PASSES: readonly (readonly (readonly [from: Edge, to: Edge])[])[] = [
  [],
  [['left', 'top']],
  [['top', 'right']],
  [['left', 'right']],
  [['right', 'bottom']],
  // Two opposite corners: the inside is joined across the square.
  [
    ['right', 'top'],
    ['left', 'bottom'],
  ],
  [['top', 'bottom']],
  [['left', 'bottom']],
  [['bottom', 'left']],
  [['bottom', 'top']],
  [
    ['top', 'left'],
    ['bottom', 'right'],
  ],
  [['bottom', 'right']],
  [['right', 'left']],
  [['right', 'top']],
  [['top', 'left']],
  [],
];

/**
 * The outlines of the places with at least `level`, by marching squares; the largest first. A hole is an outline inside
 * another, so that they are filled by the even-odd rule. What is outside the grid is low.
 *
 * @param grid rows of `size` cells
 */
export function outlinesOf(
  grid: ArrayLike<number>,
  size: number,
  level: number,
  { maxOutlines, maxCorners, leastArea }: OutlineBounds,
): Outline[] {
  return traceAll(grid, size, level)
    .filter((outline) => areaOf(outline) >= leastArea)
    .sort((a, b) => areaOf(b) - areaOf(a))
    .slice(0, maxOutlines)
    .map((outline) => simplify(outline, maxCorners, leastArea));
}

/** Every outline, with a corner wherever it crosses from one cell to the next. */
function traceAll(grid: ArrayLike<number>, size: number, level: number): number[][] {
  const width = size + 2;
  // A border of cells that are as far below the level as a cell can be above makes every outline closed.
  const at = (x: number, y: number) =>
    x < 1 || y < 1 || x > size || y > size ? level - 1 : grid[(y - 1) * size + x - 1];
  const isIn = (x: number, y: number) => at(x, y) >= level;
  // An edge is named by the cell that it starts from, and whether it goes down from there.
  const name = (x: number, y: number, edge: Edge) => {
    const [right, below] = [edge === 'right' ? 1 : 0, edge === 'bottom' ? 1 : 0];
    return 2 * ((y + below) * width + x + right) + (edge === 'left' || edge === 'right' ? 1 : 0);
  };
  const next = new Map<number, number>();
  for (let y = 0; y < width - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const corners =
        (isIn(x, y) ? 1 : 0) |
        (isIn(x + 1, y) ? 2 : 0) |
        (isIn(x + 1, y + 1) ? 4 : 0) |
        (isIn(x, y + 1) ? 8 : 0);
      for (const [from, to] of PASSES[corners]) next.set(name(x, y, from), name(x, y, to));
    }
  }
  /** Where the level lies on an edge. */
  const push = (outline: number[], edge: number) => {
    const cell = edge >> 1;
    const [x, y, down] = [cell % width, Math.floor(cell / width), edge & 1];
    const [here, there] = [at(x, y), at(x + 1 - down, y + down)];
    const part = (level - here) / (there - here);
    outline.push(x - 1 + part * (1 - down), y - 1 + part * down);
  };
  const outlines: number[][] = [];
  for (const start of next.keys()) {
    const outline: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined; ) {
      const following = next.get(edge);
      if (following === undefined) break;
      push(outline, edge);
      next.delete(edge);
      edge = following;
    }
    outlines.push(outline);
  }
  return outlines;
}

/** Leaves out the corner that matters least, again and again, as Visvalingam and Whyatt do. */
function simplify(outline: readonly number[], maxCorners: number, leastArea: number): Outline {
  const points = [...outline];
  while (points.length > 6) {
    let least = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < points.length; i += 2) {
      const area = cornerArea(points, i);
      if (area < smallest) [least, smallest] = [i, area];
    }
    // The corners left out add up, so each may change far less than the whole.
    if (smallest >= leastArea / CORNERS_TO_AREA && points.length <= 2 * maxCorners) break;
    points.splice(least, 2);
  }
  return points;
}

/** How many corners may be left out before they change an outline by the least area. */
const CORNERS_TO_AREA = 16;

/** Area of the triangle of a corner and its neighbours. */
function cornerArea(points: readonly number[], i: number): number {
  const n = points.length;
  const [before, after] = [(i + n - 2) % n, (i + 2) % n];
  const [ax, ay] = [points[before] - points[i], points[before + 1] - points[i + 1]];
  const [bx, by] = [points[after] - points[i], points[after + 1] - points[i + 1]];
  return Math.abs(ax * by - ay * bx) / 2;
}

function areaOf(outline: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const after = (i + 2) % outline.length;
    twice += outline[i] * outline[after + 1] - outline[after] * outline[i + 1];
  }
  return Math.abs(twice) / 2;
}

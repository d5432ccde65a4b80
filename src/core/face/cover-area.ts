import type { Cover, CoverClass, FaceRegion, SurfaceClass } from '../inspection.ts';
import { SURFACE_CELLS, SURFACE_CLASSES } from '../models/surface-network.ts';
import type { MeshResult } from './mesh.ts';
import { FACE_OVAL } from './mesh-points.ts';
import { type OutlineBounds, outlinesOf } from './outline.ts';
import { depthInside, hullOf } from './polygon.ts';
import type { Square } from './sample.ts';
import { surfaceSquare, toCell } from './surface.ts';
import { REGION_POINTS } from './surface-regions.ts';

/** As what a cover is seen on the surface: hands hold things and have sleeves, dark lenses and strands look alike. */
const SEEN_AS: Readonly<Record<CoverClass, readonly SurfaceClass[]>> = {
  hand: ['skin', 'object', 'cloth'],
  glasses: ['object'],
  hair: ['hair', 'object'],
  cloth: ['cloth', 'object'],
  object: ['object', 'skin', 'cloth'],
};

/** A cell with this share of a cover is covered: a little below the even point, since edges of cells are mixed. */
const LEVEL = 0.4;

/** Where less than this share of a region's points is seen to be covered, the region's own outline stands for it. */
const SEEN_SHARE = 1 / 3;

/** The points of a region lie on its edge; what covers it reaches over that, in cells. */
const REGION_REACH = 0.5;

/** The mesh draws a covered face a little too small, by up to this many cells: a twelfth of a face each. */
const FACE_REACH = 1;

/** Regions that touch: where two are not seen, what lies between them is covered too. */
const COLUMN = ['nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/** What an area may have; 8 x 48 corners are 768 numbers. Specks smaller than half a cell are noise. */
const BOUNDS: OutlineBounds = { maxOutlines: 8, maxCorners: 48, leastArea: 0.5 };

/**
 * The part of a face's outline that a cover hides: the cells where it is seen and that hang together with a covered
 * region; where the surface network does not see it, the outline of the region.
 *
 * @param cover what covers which regions
 * @param map   see `SurfaceParser.parse`
 * @param size  edge of the mesh's input
 * @returns outlines as x and y in turns, in decoded pixels; to be filled by the even-odd rule
 */
export function coverArea(
  cover: Pick<Cover, 'class' | 'regions'>,
  map: Float32Array,
  { levelled, square }: Pick<MeshResult, 'levelled' | 'square'>,
  size: number,
): number[][] {
  const pointsOf = (indices: readonly number[]) =>
    indices.flatMap((i) => [toCell(levelled[i * 3], size), toCell(levelled[i * 3 + 1], size)]);
  const seen = shareOf(map, SEEN_AS[cover.class]);
  const isSeen = (x: number, y: number) => seen[y * SURFACE_CELLS + x] >= LEVEL;
  const seeds: number[] = [];
  const unseen: FaceRegion[] = [];
  for (const region of cover.regions) {
    const points = pointsOf(REGION_POINTS[region]);
    const found = cellsUnder(points).filter(([x, y]) => isSeen(x, y));
    seeds.push(...found.map(([x, y]) => y * SURFACE_CELLS + x));
    if (found.length < (SEEN_SHARE * points.length) / 2) unseen.push(region);
  }
  const stands = joined(unseen).map((regions) => hullOf(pointsOf(regions.flatMap((r) => REGION_POINTS[r]))));
  const oval = pointsOf(FACE_OVAL);
  const connected = flood(seeds, (cell) => seen[cell] >= LEVEL);
  const covered = seen.map((share, cell) => {
    const [x, y] = [cell % SURFACE_CELLS, Math.floor(cell / SURFACE_CELLS)];
    const inFace = Math.min(
      share >= LEVEL && !connected.has(cell) ? 0 : share,
      LEVEL + FACE_REACH + depthInside(oval, x, y),
    );
    return stands.reduce(
      (most, outline) => Math.max(most, LEVEL + REGION_REACH + depthInside(outline, x, y)),
      inFace,
    );
  });
  const toPixels = fromCells(square);
  return outlinesOf(covered, SURFACE_CELLS, LEVEL, BOUNDS).map(toPixels);
}

/** Regions, those together that touch. */
function joined(regions: readonly FaceRegion[]): FaceRegion[][] {
  const groups: FaceRegion[][] = regions.filter((region) => region.endsWith('Eye')).map((eye) => [eye]);
  let group: FaceRegion[] = [];
  for (const region of COLUMN) {
    if (!regions.includes(region)) group = [];
    else if (group.push(region) === 1) groups.push(group);
  }
  return groups;
}

/** For each cell the share of some classes together. */
function shareOf(map: Float32Array, classes: readonly SurfaceClass[]): Float32Array {
  const plane = SURFACE_CELLS * SURFACE_CELLS;
  const share = new Float32Array(plane);
  for (const name of classes) {
    const from = SURFACE_CLASSES.indexOf(name) * plane;
    for (let cell = 0; cell < plane; cell++) share[cell] += map[from + cell];
  }
  return share;
}

function cellsUnder(points: readonly number[]): [x: number, y: number][] {
  const nearest = (place: number) => Math.min(SURFACE_CELLS - 1, Math.max(0, Math.round(place)));
  return Array.from({ length: points.length / 2 }, (_, i) => [
    nearest(points[i * 2]),
    nearest(points[i * 2 + 1]),
  ]);
}

/** The cells that hang together with the first ones by their edges. */
function flood(from: readonly number[], isOpen: (cell: number) => boolean): Set<number> {
  const reached = new Set(from);
  // A set gives what is added while it is gone through, too.
  for (const cell of reached) {
    const x = cell % SURFACE_CELLS;
    const beside = [x > 0 ? cell - 1 : -1, x < SURFACE_CELLS - 1 ? cell + 1 : -1];
    for (const next of [...beside, cell - SURFACE_CELLS, cell + SURFACE_CELLS]) {
      if (next >= 0 && next < SURFACE_CELLS * SURFACE_CELLS && isOpen(next)) reached.add(next);
    }
  }
  return reached;
}

/** What brings an outline from cells to decoded pixels. */
function fromCells(mesh: Square): (outline: readonly number[]) => number[] {
  const { cx, cy, size, angle } = surfaceSquare(mesh);
  const scale = size / SURFACE_CELLS;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const middle = SURFACE_CELLS / 2 - 0.5;
  return (outline) =>
    outline.map((_, i) => {
      const [x, y] = [outline[i & ~1] - middle, outline[i | 1] - middle];
      return i % 2 === 0 ? cx + cos * x - sin * y : cy + sin * x + cos * y;
    });
}

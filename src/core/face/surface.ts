import type { PixelRows } from '../image/pixels.ts';
import type { SurfaceClass, SurfaceRegion } from '../inspection.ts';
import { SURFACE_CELLS, SURFACE_CLASSES, SURFACE_INPUT } from '../models/surface-network.ts';
import { MESH_OVER_FACE } from './mesh.ts';
import type { Network } from './networks.ts';
import { type Square, sampleSquare } from './sample.ts';
import { REGION_NAMES, REGION_POINTS } from './surface-regions.ts';

/** The face is cut out as a square of this many times its longer edge. */
export const FACES_AROUND = 2;
const SURFACE_OVER_MESH = FACES_AROUND / MESH_OVER_FACE;

/**
 * Samples an axis for each cell of the input. More would cost as much as the network itself, and change no more than
 * noise does.
 */
const SURFACE_TAPS = 2;

/** The square that the surface network wants to see: the mesh's, with more around it. */
export function surfaceSquare(mesh: Square): Square {
  return { ...mesh, size: mesh.size * SURFACE_OVER_MESH };
}

/** The surface network on one face at a time. It owns its buffers, so one instance serves one picture at a time. */
export class SurfaceParser {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * What is at each place of a face.
   *
   * @param mesh the square that was shown to the mesh network, in decoded pixels
   * @returns shares of {@link SURFACE_CLASSES}, a plane of 24 x 24 cells each; valid until the next face
   */
  async parse(pixels: PixelRows, mesh: Square): Promise<Float32Array> {
    const { input } = this.#network;
    const options = { outSize: SURFACE_INPUT, scale: 1 / 255, maxTaps: SURFACE_TAPS };
    sampleSquare(pixels, surfaceSquare(mesh), options, input);
    return (await this.#network.run()).surface;
  }
}

/** For each region the mean and the largest share of each class at its points, in the order of the names. */
export interface SurfaceReading {
  /** The map that was read; valid until the next face. */
  readonly map: Float32Array;
  /** Regions x classes. */
  readonly means: Float32Array;
  readonly largest: Float32Array;
}

/**
 * Where a coordinate of the mesh's input lies on the map, in cells; the middle of a cell is whole.
 *
 * @param meshSize edge of that input
 */
export function toCell(coordinate: number, meshSize: number): number {
  const scale = SURFACE_CELLS / (meshSize * SURFACE_OVER_MESH);
  const middle = SURFACE_CELLS / 2 - 0.5 - (meshSize / 2) * scale;
  return coordinate * scale + middle;
}

/**
 * Reads a map at the mesh's points.
 *
 * @param map      see {@link SurfaceParser.parse}
 * @param levelled the mesh's points in pixels of its input
 * @param meshSize edge of that input
 */
export function readSurface(map: Float32Array, levelled: Float32Array, meshSize: number): SurfaceReading {
  const classes = SURFACE_CLASSES.length;
  const means = new Float32Array(REGION_NAMES.length * classes);
  const largest = new Float32Array(REGION_NAMES.length * classes);
  for (let row = 0; row < REGION_NAMES.length; row++) {
    const points = REGION_POINTS[REGION_NAMES[row]];
    for (const point of points) {
      const x = clamp(toCell(levelled[point * 3], meshSize));
      const y = clamp(toCell(levelled[point * 3 + 1], meshSize));
      const left = Math.min(Math.floor(x), SURFACE_CELLS - 2);
      const top = Math.min(Math.floor(y), SURFACE_CELLS - 2);
      const fx = x - left;
      const fy = y - top;
      for (let c = 0; c < classes; c++) {
        const at = (c * SURFACE_CELLS + top) * SURFACE_CELLS + left;
        const above = map[at] + (map[at + 1] - map[at]) * fx;
        const below = map[at + SURFACE_CELLS] + (map[at + SURFACE_CELLS + 1] - map[at + SURFACE_CELLS]) * fx;
        const share = above + (below - above) * fy;
        means[row * classes + c] += share / points.length;
        largest[row * classes + c] = Math.max(largest[row * classes + c], share);
      }
    }
  }
  return { map, means, largest };
}

/** The mean shares in words. */
export function describeSurface({
  means,
}: SurfaceReading): Record<SurfaceRegion, Record<SurfaceClass, number>> {
  const shares = {} as Record<SurfaceRegion, Record<SurfaceClass, number>>;
  let at = 0;
  for (const region of REGION_NAMES) {
    const of = {} as Record<SurfaceClass, number>;
    for (const name of SURFACE_CLASSES) of[name] = Number(means[at++].toFixed(4));
    shares[region] = of;
  }
  return shares;
}

function clamp(cell: number): number {
  return Math.min(SURFACE_CELLS - 1, Math.max(0, cell));
}

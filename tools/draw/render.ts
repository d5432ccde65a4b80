import { HEAD_HEIGHT } from './anatomy.ts';
import type { Figure } from './figure.ts';
import { normalAt, shade } from './shade.ts';
import { plain, toSrgb } from './solid.ts';

/** A picture that is being drawn: 8-bit sRGB, R, G, B interleaved, rows from the top. */
export interface Canvas {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Where a figure stands in a picture. */
export interface Placement {
  /** Pixels where the origin of the figure's head appears. */
  readonly x: number;
  readonly y: number;
  /** The same point in the figure's space, in centimetres. */
  readonly origin: readonly [number, number, number];
  /** Height of a head in pixels. */
  readonly size: number;
}

/** The camera's distance in centimetres, as of a portrait photographer. */
const CAMERA = 130;
/** Nothing of a figure is nearer to the camera than this. */
const NEAR = CAMERA - 34;
const FAR = CAMERA + 30;

/** Bounds of distances are not exact: so much of them is stepped. */
const CAUTION = 0.85;
const MAX_STEPS = 110;
const HIT = 0.004;

/** Edge of the tiles, in pixels, whose rays share their first steps. */
const TILE = 8;

/** A pixel that differs by more than this from a neighbour, in sRGB from 0 to 1, is drawn anew with more rays. */
const EDGE = 0.06;
/** Offsets of those rays, in pixels: a turned square, so that upright and level edges get four shades. */
const EXTRA_RAYS = [
  [-0.125, -0.375],
  [0.375, -0.125],
  [-0.375, 0.125],
  [0.125, 0.375],
] as const;

/** R, G, B (sRGB, times the coverage) and coverage of a pixel. */
const CHANNELS = 4;

/** Draws a figure onto a canvas, over what is there. */
export function renderFigure(canvas: Canvas, figure: Figure, placement: Placement): void {
  const { width, height } = canvas;
  const camera = new Camera(figure, placement);
  const tiles = Math.ceil(width / TILE);
  let starts = new Float64Array(tiles);
  const row = () => new Float32Array((width + 2) * CHANNELS);
  let [above, here, below] = [row(), row(), row()];
  const sampleRow = (y: number, into: Float32Array) => {
    into.fill(0);
    if (y >= height) return;
    if (y % TILE === 0) starts = camera.tileStarts(y, tiles);
    for (let x = 0; x < width; x++) {
      const start = starts[Math.floor(x / TILE)];
      if (start < FAR) camera.sample(x + 0.5, y + 0.5, start, into, (x + 1) * CHANNELS, 1);
    }
  };
  // Rays of a pixel may start where the tile of the pixel does; the next row may be of the next tiles.
  let startsHere = starts;
  sampleRow(0, here);
  for (let y = 0; y < height; y++) {
    startsHere = starts;
    sampleRow(y + 1, below);
    for (let x = 0; x < width; x++) {
      const at = (x + 1) * CHANNELS;
      if (differs(above, here, below, at)) {
        const start = nearStart(startsHere, x);
        const refined = new Float32Array(CHANNELS);
        for (const [dx, dy] of EXTRA_RAYS) {
          if (start < FAR)
            camera.sample(x + 0.5 + dx, y + 0.5 + dy, start, refined, 0, 1 / EXTRA_RAYS.length);
        }
        lay(canvas, x, y, refined, 0);
      } else if (here[at + 3] > 0) {
        lay(canvas, x, y, here, at);
      }
    }
    [above, here, below] = [here, below, above];
  }
}

/** A pixel's own tile may be empty where the neighbour's is not; its rays reach over by less than a pixel. */
function nearStart(starts: Float64Array, x: number): number {
  return starts[Math.floor(x / TILE)];
}

function differs(above: Float32Array, here: Float32Array, below: Float32Array, at: number): boolean {
  for (let c = 0; c < CHANNELS; c++) {
    const value = here[at + c];
    if (
      Math.abs(value - here[at + c - CHANNELS]) > EDGE ||
      Math.abs(value - here[at + c + CHANNELS]) > EDGE ||
      Math.abs(value - above[at + c]) > EDGE ||
      Math.abs(value - below[at + c]) > EDGE
    )
      return true;
  }
  return false;
}

/** Lays a pixel over the canvas. */
function lay({ data, width }: Canvas, x: number, y: number, pixel: Float32Array, at: number): void {
  const to = (y * width + x) * 3;
  const through = 1 - pixel[at + 3];
  for (let c = 0; c < 3; c++) data[to + c] = Math.round(pixel[at + c] * 255 + data[to + c] * through);
}

/** Follows rays into one figure's space. */
class Camera {
  readonly #figure: Figure;
  readonly #placement: Placement;
  readonly #scale: number;
  readonly #surface = plain();
  readonly #ray = new Float64Array(3);
  readonly #point = new Float64Array(3);
  readonly #normal = new Float64Array(3);
  readonly #light = new Float64Array(3);

  constructor(figure: Figure, placement: Placement) {
    this.#figure = figure;
    this.#placement = placement;
    this.#scale = HEAD_HEIGHT / placement.size;
  }

  /** For each tile of a row, how far its rays may go at once; {@link FAR} where there is nothing. */
  tileStarts(y: number, tiles: number): Float64Array {
    const starts = new Float64Array(tiles);
    // Half the diagonal of a tile, with a pixel around it, at the distance of 1.
    const spread = ((TILE / 2 + 1) * Math.SQRT2 * this.#scale) / CAMERA;
    for (let i = 0; i < tiles; i++) {
      this.#aim((i + 0.5) * TILE, y + TILE / 2);
      let t = NEAR;
      while (t < FAR) {
        const free = this.#distanceAt(t) * CAUTION - spread * t;
        if (free < 0.05) break;
        t += free;
      }
      starts[i] = Math.min(t, FAR);
    }
    return starts;
  }

  /** Adds what a ray through a point of the picture sees, times `weight`, to four channels at `to`. */
  sample(x: number, y: number, start: number, out: Float32Array, to: number, weight: number): void {
    this.#aim(x, y);
    let t = start;
    for (let step = 0; ; step++) {
      const d = this.#distanceAt(t);
      if (d < HIT) break;
      t += d * CAUTION;
      if (t > FAR || step > MAX_STEPS) return;
    }
    const x0 = this.#point[0];
    const y0 = this.#point[1];
    const z0 = this.#point[2];
    normalAt(this.#figure, x0, y0, z0, this.#normal);
    this.#figure.paint(x0, y0, z0, this.#surface);
    shade(this.#figure, this.#surface, this.#point, this.#normal, this.#ray, this.#light);
    for (let c = 0; c < 3; c++) out[to + c] += weight * toSrgb(expose(this.#light[c]));
    out[to + 3] += weight;
  }

  #aim(x: number, y: number): void {
    const dx = (x - this.#placement.x) * this.#scale;
    const dy = (this.#placement.y - y) * this.#scale;
    const length = Math.sqrt(dx * dx + dy * dy + CAMERA * CAMERA);
    this.#ray[0] = dx / length;
    this.#ray[1] = dy / length;
    this.#ray[2] = -CAMERA / length;
  }

  /** How far the figure is from the ray's point at `t`, which {@link #point} then holds. */
  #distanceAt(t: number): number {
    const point = this.#point;
    const ray = this.#ray;
    const { origin } = this.#placement;
    point[0] = origin[0] + ray[0] * t;
    point[1] = origin[1] + ray[1] * t;
    point[2] = origin[2] + CAMERA + ray[2] * t;
    return this.#figure.distance(point[0], point[1], point[2]);
  }
}

/** Film's response: soft in the lights. Krzysztof Narkowicz, "ACES filmic tone mapping curve" (2015). */
export function expose(light: number): number {
  const x = light * 0.62;
  return Math.min(1, (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
}

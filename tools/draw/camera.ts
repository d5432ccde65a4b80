import { HEAD_HEIGHT } from './anatomy.ts';
import type { Figure } from './figure.ts';
import { normalAt, shade } from './shade.ts';
import { plain, toSrgb } from './solid.ts';

/** Where a figure stands in a picture. */
export interface Placement {
  /** Pixels where the origin of the figure's head appears. */
  readonly x: number;
  readonly y: number;
  /** Height of a head in pixels. */
  readonly size: number;
}

/** The camera's distance in centimetres, as of a portrait photographer. */
const CAMERA = 130;
/** Nothing of a figure is nearer to the camera than this. */
const NEAR = CAMERA - 34;
/** Nothing of it is further away. */
const FAR = CAMERA + 30;

/** The share of a distance that a ray steps at once: distances are bounds, and not exact. */
const CAUTION = 0.85;
const MAX_STEPS = 110;
/** So near to a figure, in centimetres, a ray has met it. */
const HIT = 0.004;

/** Edge of the tiles, in pixels, whose rays share their first steps. */
export const TILE = 8;

/** Follows rays into one figure's space. */
export class Camera {
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

  /** For each tile of the row of tiles from `y` on, how far its rays may go at once. */
  tileStarts(y: number, width: number): Float64Array {
    const starts = new Float64Array(Math.ceil(width / TILE));
    // Half the diagonal of a tile, with a pixel around it, at the distance of 1.
    const spread = ((TILE / 2 + 1) * Math.SQRT2 * this.#scale) / CAMERA;
    for (let i = 0; i < starts.length; i++) {
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

  /**
   * Adds what a ray through a point of the picture sees, times `weight`, to R, G, B (sRGB, 0 to 1) and the
   * coverage at `to`; nothing where it meets nothing.
   *
   * @param start how far the ray may go at once, of its tile
   */
  sample(x: number, y: number, start: number, out: Float32Array, to: number, weight: number): void {
    if (start >= FAR) return;
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
    point[0] = ray[0] * t;
    point[1] = ray[1] * t;
    point[2] = CAMERA + ray[2] * t;
    return this.#figure.distance(point[0], point[1], point[2]);
  }
}

/** Brightness of the pictures. */
const EXPOSURE = 0.62;

/** Film's response: soft in the lights. Krzysztof Narkowicz, "ACES filmic tone mapping curve" (2015). */
function expose(light: number): number {
  const x = light * EXPOSURE;
  return Math.min(1, (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
}

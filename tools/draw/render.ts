import { Camera, type Placement, TILE } from './camera.ts';
import type { Figure } from './figure.ts';

/** A picture that is being drawn: 8-bit sRGB, R, G, B interleaved, rows from the top. */
export interface Canvas {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

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
const COVERAGE = 3;

/** Draws a figure onto a canvas, over what is there. */
export function renderFigure(canvas: Canvas, figure: Figure, placement: Placement): void {
  const { width, height } = canvas;
  const camera = new Camera(figure, placement);
  const refined = new Float32Array(CHANNELS);
  // Three rows are kept, with an empty pixel at each end, so that every pixel has its neighbours.
  const row = () => new Float32Array((width + 2) * CHANNELS);
  let [above, here, below] = [row(), row(), row()];
  let starts = camera.tileStarts(0, width);
  sampleRow(camera, 0, width, starts, here);
  for (let y = 0; y < height; y++) {
    const startsHere = starts;
    if ((y + 1) % TILE === 0) starts = camera.tileStarts(y + 1, width);
    below.fill(0);
    if (y + 1 < height) sampleRow(camera, y + 1, width, starts, below);
    for (let x = 0; x < width; x++) {
      const at = (x + 1) * CHANNELS;
      if (differs(above, here, below, at)) {
        refined.fill(0);
        for (const [dx, dy] of EXTRA_RAYS) {
          const start = startsHere[Math.floor(x / TILE)];
          camera.sample(x + 0.5 + dx, y + 0.5 + dy, start, refined, 0, 1 / EXTRA_RAYS.length);
        }
        lay(canvas, x, y, refined, 0);
      } else if (here[at + COVERAGE] > 0) {
        lay(canvas, x, y, here, at);
      }
    }
    [above, here, below] = [here, below, above];
  }
}

/** One ray through the middle of each pixel of a row. */
function sampleRow(camera: Camera, y: number, width: number, starts: Float64Array, into: Float32Array): void {
  for (let x = 0; x < width; x++) {
    camera.sample(x + 0.5, y + 0.5, starts[Math.floor(x / TILE)], into, (x + 1) * CHANNELS, 1);
  }
}

/** Whether a pixel lies on an edge: of the figure, of a shadow, of a colour. */
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
  const through = 1 - pixel[at + COVERAGE];
  for (let c = 0; c < 3; c++) data[to + c] = Math.round(pixel[at + c] * 255 + data[to + c] * through);
}

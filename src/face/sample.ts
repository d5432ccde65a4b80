import type { Pixels } from '../image/pixels.ts';

/** A square of the picture, in decoded pixels, turned clockwise by `angle` radians around its centre. */
export interface Square {
  readonly cx: number;
  readonly cy: number;
  readonly size: number;
  readonly angle: number;
}

/** How a square becomes a network's input. */
export interface SampleOptions {
  /** Edge of the output, in pixels. */
  readonly outSize: number;
  /** Each 8-bit value is multiplied by this. */
  readonly scale: number;
}

/** More samples an axis than this cost time and change no verdict. */
const MAX_TAPS = 4;

/** Where the samples lie: sample (i, j) is at origin + i * (dx, dy) + j * (-dy, dx), in pixel indices. */
interface Grid {
  readonly originX: number;
  readonly originY: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Samples a square of the picture into planes of floats (3 x outSize x outSize: R, G, B), the layout that the
 * networks read. Where the square is larger than the output, each output pixel is the mean of up to 4 x 4
 * pixels, so that fine patterns do not turn into noise; otherwise it is interpolated between four. What lies
 * outside the picture takes the colour of the border's nearest pixel.
 *
 * @param out at least 3 x outSize x outSize numbers; reused from picture to picture
 */
export function sampleSquare(
  pixels: Pixels,
  square: Square,
  { outSize, scale }: SampleOptions,
  out: Float32Array,
): void {
  const needed = 3 * outSize * outSize;
  if (out.length < needed) throw new RangeError(`out holds ${out.length} numbers; ${needed} are needed`);
  const step = square.size / outSize;
  const taps = Math.min(MAX_TAPS, Math.max(1, Math.round(step)));
  const grid = placeSamples(square, step / taps);
  if (taps === 1) interpolate(pixels, grid, outSize, scale, out);
  else average(pixels, grid, outSize, taps, scale, out);
}

function placeSamples({ cx, cy, size, angle }: Square, subStep: number): Grid {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // Centre of the first sample, relative to the square's centre; half a pixel on from there is its pixel's index.
  const first = -size / 2 + subStep / 2;
  return {
    originX: cx - 0.5 + cos * first - sin * first,
    originY: cy - 0.5 + sin * first + cos * first,
    dx: cos * subStep,
    dy: sin * subStep,
  };
}

function average(
  { data, width, height }: Pixels,
  { originX, originY, dx, dy }: Grid,
  outSize: number,
  taps: number,
  scale: number,
  out: Float32Array,
): void {
  const plane = outSize * outSize;
  const weight = scale / (taps * taps);
  for (let v = 0; v < outSize; v++) {
    for (let u = 0; u < outSize; u++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let j = v * taps; j < (v + 1) * taps; j++) {
        // Half a pixel on, so that cutting off the fraction rounds.
        let x = originX + 0.5 + dx * u * taps - dy * j;
        let y = originY + 0.5 + dy * u * taps + dx * j;
        for (let i = 0; i < taps; i++, x += dx, y += dy) {
          const column = Math.min(width - 1, Math.max(0, x | 0));
          const row = Math.min(height - 1, Math.max(0, y | 0));
          const at = (row * width + column) * 3;
          r += data[at];
          g += data[at + 1];
          b += data[at + 2];
        }
      }
      const to = v * outSize + u;
      out[to] = r * weight;
      out[plane + to] = g * weight;
      out[2 * plane + to] = b * weight;
    }
  }
}

function interpolate(
  { data, width, height }: Pixels,
  { originX, originY, dx, dy }: Grid,
  outSize: number,
  scale: number,
  out: Float32Array,
): void {
  const plane = outSize * outSize;
  for (let v = 0; v < outSize; v++) {
    for (let u = 0; u < outSize; u++) {
      const x = Math.min(width - 1, Math.max(0, originX + dx * u - dy * v));
      const y = Math.min(height - 1, Math.max(0, originY + dy * u + dx * v));
      const column = x | 0;
      const row = y | 0;
      const toRight = column < width - 1 ? 3 : 0;
      const topLeft = (row * width + column) * 3;
      const bottomLeft = row < height - 1 ? topLeft + width * 3 : topLeft;
      const fx = x - column;
      const fy = y - row;
      const bottom = fx * fy;
      const w00 = 1 - fx - fy + bottom;
      const w10 = fx - bottom;
      const w01 = fy - bottom;
      const to = v * outSize + u;
      for (let c = 0; c < 3; c++) {
        const value =
          data[topLeft + c] * w00 +
          data[topLeft + toRight + c] * w10 +
          data[bottomLeft + c] * w01 +
          data[bottomLeft + toRight + c] * bottom;
        out[c * plane + to] = value * scale;
      }
    }
  }
}

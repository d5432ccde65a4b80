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

/**
 * Samples a square of the picture into planes of floats (3 x outSize x outSize: R, G, B), the layout that the
 * networks read. Where the square is larger than the output, each output pixel is the mean of up to 4 x 4
 * samples, so that fine patterns do not turn into noise; each sample is bilinear. What lies outside the picture
 * takes the colour of the border's nearest pixel.
 *
 * @param out at least 3 x outSize x outSize numbers; reused from picture to picture
 */
export function sampleSquare(
  pixels: Pixels,
  square: Square,
  options: SampleOptions,
  out: Float32Array,
): void {
  const { outSize, scale } = options;
  const { data, width, height } = pixels;
  const plane = outSize * outSize;
  if (out.length < 3 * plane)
    throw new RangeError(`out holds ${out.length} numbers; ${3 * plane} are needed`);
  const step = square.size / outSize;
  const taps = Math.min(MAX_TAPS, Math.max(1, Math.round(step)));
  const cos = Math.cos(square.angle);
  const sin = Math.sin(square.angle);
  const subStep = step / taps;
  // Centre of the first sample, relative to the square's centre, in picture pixels; then to pixel indices.
  const first = -square.size / 2 + subStep / 2;
  const originX = square.cx - 0.5 + cos * first - sin * first;
  const originY = square.cy - 0.5 + sin * first + cos * first;
  const dx = cos * subStep;
  const dy = sin * subStep;
  const maxX = width - 1;
  const maxY = height - 1;
  const weight = scale / (taps * taps);
  for (let v = 0; v < outSize; v++) {
    for (let u = 0; u < outSize; u++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let j = 0; j < taps; j++) {
        let x = originX + dx * (u * taps) - dy * (v * taps + j);
        let y = originY + dy * (u * taps) + dx * (v * taps + j);
        for (let i = 0; i < taps; i++, x += dx, y += dy) {
          const px = x < 0 ? 0 : Math.min(x, maxX);
          const py = y < 0 ? 0 : Math.min(y, maxY);
          const x0 = px | 0;
          const y0 = py | 0;
          const fx = px - x0;
          const fy = py - y0;
          const right = x0 < maxX ? 3 : 0;
          const at = (y0 * width + x0) * 3;
          const below = y0 < maxY ? at + width * 3 : at;
          const w11 = fx * fy;
          const w10 = fx - w11;
          const w01 = fy - w11;
          const w00 = 1 - fx - w01;
          r += data[at] * w00 + data[at + right] * w10 + data[below] * w01 + data[below + right] * w11;
          g +=
            data[at + 1] * w00 +
            data[at + right + 1] * w10 +
            data[below + 1] * w01 +
            data[below + right + 1] * w11;
          b +=
            data[at + 2] * w00 +
            data[at + right + 2] * w10 +
            data[below + 2] * w01 +
            data[below + right + 2] * w11;
        }
      }
      const to = v * outSize + u;
      out[to] = r * weight;
      out[plane + to] = g * weight;
      out[2 * plane + to] = b * weight;
    }
  }
}

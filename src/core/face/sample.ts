import type { PixelRows } from '../image/pixels.ts';
import { openKernels } from '../kernels/kernels.ts';

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
  /** Samples an axis for each output pixel at most; 3 if left out. */
  readonly maxTaps?: number;
}

/** More samples an axis than this cost time and change no verdict. */
const MAX_TAPS = 3;

/** Where the samples lie: sample (i, j) is at origin + i * (dx, dy) + j * (-dy, dx), in pixel indices. */
interface Grid {
  readonly originX: number;
  readonly originY: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Samples a square of the picture into planes of floats (3 x outSize x outSize: R, G, B), the layout that the
 * networks read. Where the square is larger than the output, each output pixel is the mean of up to 3 x 3
 * pixels, so that fine patterns do not turn into noise; otherwise it is interpolated between four. What lies
 * outside the picture takes the colour of the border's nearest pixel.
 *
 * @param out at least 3 x outSize x outSize numbers; reused from picture to picture
 */
export function sampleSquare(
  pixels: PixelRows,
  square: Square,
  { outSize, scale, maxTaps = MAX_TAPS }: SampleOptions,
  out: Float32Array,
): void {
  const count = 3 * outSize * outSize;
  if (out.length < count) throw new RangeError(`out holds ${out.length} numbers; ${count} are needed`);
  const step = square.size / outSize;
  const taps = Math.min(maxTaps, Math.max(1, Math.round(step)));
  const { originX, originY, dx, dy } = placeSamples(square, step / taps);
  const rows = neededRows(pixels, square);
  const { width, height } = pixels;
  const kernels = openKernels();
  const { at, behind } = kernels.place(rows.data, 4 * count);
  const weight = scale / (taps * taps);
  kernels.loops.sample(
    at,
    width,
    height,
    rows.firstRow,
    originX,
    originY,
    dx,
    dy,
    outSize,
    taps,
    weight,
    behind,
  );
  out.set(kernels.floats(behind, count));
}

/**
 * The rows that a square can need, at any angle.
 *
 * @throws RangeError where some of them are not there
 */
function neededRows({ data, width, height, firstRow = 0 }: PixelRows, { cy, size }: Square) {
  const stride = 3 * width;
  const end = firstRow + data.length / stride;
  const reach = size * Math.SQRT1_2 + 1;
  const from = Math.max(0, Math.min(height - 1, Math.floor(cy - reach)));
  const to = Math.min(height, Math.max(1, Math.ceil(cy + reach)));
  if (from < firstRow || to > end) {
    throw new RangeError(`Rows ${from} to ${to} are needed, and ${firstRow} to ${end} are there`);
  }
  return { data: data.subarray((from - firstRow) * stride, (to - firstRow) * stride), firstRow: from };
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

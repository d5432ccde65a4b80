import type { PixelRows } from '../image/pixels.ts';

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
  const needed = 3 * outSize * outSize;
  if (out.length < needed) throw new RangeError(`out holds ${out.length} numbers; ${needed} are needed`);
  const step = square.size / outSize;
  const taps = Math.min(maxTaps, Math.max(1, Math.round(step)));
  const firstRow = pixels.firstRow ?? 0;
  checkRows(pixels, firstRow, square);
  const row: Row = { pixels, firstRow, grid: placeSamples(square, step / taps), outSize, taps, scale, out };
  const { buffer, byteOffset, byteLength } = pixels.data;
  const view = new DataView(buffer, byteOffset, byteLength);
  for (let v = 0; v < outSize; v++) {
    const inside = isInside(row, v);
    if (taps === 1 && inside) interpolateInside(row, v);
    else if (taps === 1) interpolateAtBorder(row, v);
    else if (inside) averageInside(row, view, v);
    else averageAtBorder(row, v);
  }
}

/** Whether all rows that a square can need are there, at any angle. */
function checkRows({ data, width, height }: PixelRows, firstRow: number, { cy, size }: Square): void {
  const end = firstRow + data.length / (3 * width);
  const reach = size * Math.SQRT1_2 + 1;
  const from = Math.max(0, Math.min(height - 1, cy - reach));
  const to = Math.min(height, Math.max(1, cy + reach));
  if (from < firstRow || to > end) {
    throw new RangeError(`Rows ${from} to ${to} are needed, and ${firstRow} to ${end} are there`);
  }
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

/** What a row of the output is made from, and where it goes. */
interface Row {
  readonly pixels: PixelRows;
  /** The picture's row that the pixels begin with. */
  readonly firstRow: number;
  readonly grid: Grid;
  readonly outSize: number;
  readonly taps: number;
  readonly scale: number;
  readonly out: Float32Array;
}

/**
 * Whether all samples of an output row lie so far inside the picture that neither they nor their neighbours to the
 * right and below need to be looked after. Rows are straight, so their ends tell.
 */
function isInside({ pixels: { width, height }, grid, outSize, taps }: Row, v: number): boolean {
  const lastI = outSize * taps - 1;
  for (const j of [v * taps, v * taps + taps - 1]) {
    for (const i of [0, lastI]) {
      const x = grid.originX + grid.dx * i - grid.dy * j;
      const y = grid.originY + grid.dy * i + grid.dx * j;
      if (x < 0 || y < 0 || x > width - 2 || y > height - 2) return false;
    }
  }
  return true;
}

/** Each output pixel the mean of taps x taps pixels. */
function averageInside(
  { pixels, firstRow, grid, outSize, taps, scale, out }: Row,
  view: DataView,
  v: number,
): void {
  const { originX, originY, dx, dy } = grid;
  const stride = pixels.width * 3;
  const plane = outSize * outSize;
  const weight = scale / (taps * taps);
  for (let u = 0; u < outSize; u++) {
    // Red and blue are added at once, in the halves of a number; 16 bytes do not overflow them.
    let redBlue = 0;
    let green = 0;
    for (let j = v * taps; j < (v + 1) * taps; j++) {
      // Half a pixel on, so that cutting off the fraction rounds.
      let x = originX + 0.5 + dx * u * taps - dy * j;
      let y = originY + 0.5 + dy * u * taps + dx * j;
      for (let i = 0; i < taps; i++, x += dx, y += dy) {
        const pixel = view.getInt32(((y | 0) - firstRow) * stride + (x | 0) * 3, true);
        redBlue += pixel & 0x00ff00ff;
        green += (pixel >>> 8) & 0xff;
      }
    }
    const to = v * outSize + u;
    out[to] = (redBlue & 0xffff) * weight;
    out[plane + to] = green * weight;
    out[2 * plane + to] = (redBlue >>> 16) * weight;
  }
}

function averageAtBorder({ pixels, firstRow, grid, outSize, taps, scale, out }: Row, v: number): void {
  const { data, width, height } = pixels;
  const { originX, originY, dx, dy } = grid;
  const plane = outSize * outSize;
  const weight = scale / (taps * taps);
  for (let u = 0; u < outSize; u++) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let j = v * taps; j < (v + 1) * taps; j++) {
      let x = originX + 0.5 + dx * u * taps - dy * j;
      let y = originY + 0.5 + dy * u * taps + dx * j;
      for (let i = 0; i < taps; i++, x += dx, y += dy) {
        const column = Math.min(width - 1, Math.max(0, x | 0));
        const row = Math.min(height - 1, Math.max(0, y | 0));
        const at = ((row - firstRow) * width + column) * 3;
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

/** Each output pixel interpolated between four. */
function interpolateInside({ pixels, firstRow, grid, outSize, scale, out }: Row, v: number): void {
  const { data, width } = pixels;
  const { originX, originY, dx, dy } = grid;
  const stride = width * 3;
  const plane = outSize * outSize;
  let x = originX - dy * v;
  let y = originY + dx * v;
  for (let to = v * outSize, end = to + outSize; to < end; to++, x += dx, y += dy) {
    const column = x | 0;
    const row = y | 0;
    const above = (row - firstRow) * stride + column * 3;
    const below = above + stride;
    const fx = (x - column) * scale;
    const fy = y - row;
    const w11 = fx * fy;
    const w10 = fx - w11;
    const w01 = fy * scale - w11;
    const w00 = scale - fx - w01;
    out[to] = data[above] * w00 + data[above + 3] * w10 + data[below] * w01 + data[below + 3] * w11;
    out[plane + to] =
      data[above + 1] * w00 + data[above + 4] * w10 + data[below + 1] * w01 + data[below + 4] * w11;
    out[2 * plane + to] =
      data[above + 2] * w00 + data[above + 5] * w10 + data[below + 2] * w01 + data[below + 5] * w11;
  }
}

function interpolateAtBorder({ pixels, firstRow, grid, outSize, scale, out }: Row, v: number): void {
  const { data, width, height } = pixels;
  const { originX, originY, dx, dy } = grid;
  const plane = outSize * outSize;
  for (let u = 0; u < outSize; u++) {
    const x = Math.min(width - 1, Math.max(0, originX + dx * u - dy * v));
    const y = Math.min(height - 1, Math.max(0, originY + dy * u + dx * v));
    const column = x | 0;
    const row = y | 0;
    const toRight = column < width - 1 ? 3 : 0;
    const topLeft = ((row - firstRow) * width + column) * 3;
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

import type { Pixels } from '../image/pixels.ts';

/** Where the picture lies within a letterbox. */
export interface Letterbox {
  /** Picture pixels per letterbox pixel. */
  readonly step: number;
  /** The picture's top left corner in the letterbox, in letterbox pixels. */
  readonly left: number;
  readonly top: number;
}

/** Which source pixels make up each output pixel of one axis, and how much the first and last of them count. */
interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** The even bytes of four, each with a byte of room above it. */
const EVEN_BYTES = 0x00ff00ff;

/**
 * An output row is made of so many rows of the picture at least: of twice as many, as in a glance at 1,280 pixels, each second one
 * is left out.
 */
const ENOUGH_ROWS = 5;

/** A picture may be so many times the square: that many rows of bytes fit into 16 bits. */
const MAX_SHRINK = 257;

/**
 * Fits whole pictures into a square: the detector's input. It owns the buffers that it needs on the way, so one
 * instance serves one picture at a time and allocates nothing for it.
 */
export class Letterboxer {
  readonly #size: number;
  readonly #across: Spans;
  readonly #down: Spans;
  /** The weighted sum of each byte of some rows; in double precision, which needs no conversion on the way. */
  readonly #sums: Float64Array;

  /**
   * @param size     edge of the square, in pixels
   * @param maxWidth widest picture, in pixels
   */
  constructor(size: number, maxWidth: number) {
    this.#size = size;
    this.#across = makeSpans(size);
    this.#down = makeSpans(size);
    this.#sums = new Float64Array(3 * maxWidth);
  }

  /**
   * Shrinks (or enlarges) a whole picture into the middle of the square, black around it, as planes of floats
   * (3 x size x size: R, G, B) from -1 to 1. Each output pixel is the mean of the area that it covers, in one pass
   * over the picture's rows.
   *
   * @param out at least 3 x size x size numbers; reused from picture to picture
   */
  fit(pixels: Pixels, out: Float32Array): Letterbox {
    const { data, width, height } = pixels;
    const size = this.#size;
    const plane = size * size;
    if (out.length < 3 * plane)
      throw new RangeError(`out holds ${out.length} numbers; ${3 * plane} are needed`);
    const step = Math.max(width, height) / size;
    if (width * 3 > this.#sums.length || step > MAX_SHRINK)
      throw new RangeError(`${width} x ${height} pixels are more than this letterbox is made for`);
    const outWidth = Math.max(1, Math.round(width / step));
    const outHeight = Math.max(1, Math.round(height / step));
    const left = Math.floor((size - outWidth) / 2);
    const top = Math.floor((size - outHeight) / 2);
    if (outWidth < size || outHeight < size) out.fill(-1, 0, 3 * plane);
    const every = Math.max(1, Math.floor(height / outHeight / ENOUGH_ROWS));
    const rows = Math.ceil(height / every);
    const across = fillSpans(this.#across, width, outWidth);
    const down = fillSpans(this.#down, rows, outHeight);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const scale = 1 / 127.5 / ((width / outWidth) * (rows / outHeight));
    for (let v = 0; v < outHeight; v++) {
      sumRows(view, width * 3, every, down, v, this.#sums);
      shrinkRow(this.#sums, across, outWidth, scale, out, (top + v) * size + left, plane);
    }
    return { step, left, top };
  }
}

/**
 * The weighted sum of the source rows that make up an output row, byte by byte. The rows between the first and the last
 * count wholly, and are added two bytes at once.
 *
 * @param rowBytes bytes of a row
 * @param every    1 for all rows, 2 for each second one; the spans count those alone
 */
function sumRows(
  view: DataView,
  rowBytes: number,
  every: number,
  { from, to, first, last }: Spans,
  v: number,
  sums: Float64Array,
): void {
  const stride = rowBytes * every;
  const start = from[v] * stride;
  const end = to[v] * stride;
  const firstWeight = first[v];
  const lastWeight = last[v];
  const whole = rowBytes & ~3;
  for (let i = 0; i < whole; i += 4) {
    let even = 0;
    let odd = 0;
    for (let at = start + stride + i; at < end; at += stride) {
      const bytes = view.getInt32(at, true);
      even += bytes & EVEN_BYTES;
      odd += (bytes >>> 8) & EVEN_BYTES;
    }
    const a = view.getInt32(start + i, true);
    const b = view.getInt32(end + i, true);
    sums[i] = (even & 0xffff) + (a & 0xff) * firstWeight + (b & 0xff) * lastWeight;
    sums[i + 1] = (odd & 0xffff) + ((a >>> 8) & 0xff) * firstWeight + ((b >>> 8) & 0xff) * lastWeight;
    sums[i + 2] = (even >>> 16) + ((a >>> 16) & 0xff) * firstWeight + ((b >>> 16) & 0xff) * lastWeight;
    sums[i + 3] = (odd >>> 16) + (a >>> 24) * firstWeight + (b >>> 24) * lastWeight;
  }
  for (let i = whole; i < rowBytes; i++) {
    let sum = view.getUint8(start + i) * firstWeight + view.getUint8(end + i) * lastWeight;
    for (let at = start + stride + i; at < end; at += stride) sum += view.getUint8(at);
    sums[i] = sum;
  }
}

/** Reduces a row of sums to the output's width and puts it into the three planes, from index `row` of each on. */
function shrinkRow(
  sums: Float64Array,
  { from, to, first, last }: Spans,
  outWidth: number,
  scale: number,
  out: Float32Array,
  row: number,
  plane: number,
): void {
  for (let u = 0; u < outWidth; u++) {
    let at = from[u] * 3;
    const end = to[u] * 3;
    let r = sums[at] * first[u];
    let g = sums[at + 1] * first[u];
    let b = sums[at + 2] * first[u];
    for (at += 3; at < end; at += 3) {
      r += sums[at];
      g += sums[at + 1];
      b += sums[at + 2];
    }
    if (at === end) {
      r += sums[at] * last[u];
      g += sums[at + 1] * last[u];
      b += sums[at + 2] * last[u];
    }
    out[row + u] = r * scale - 1;
    out[plane + row + u] = g * scale - 1;
    out[2 * plane + row + u] = b * scale - 1;
  }
}

function makeSpans(length: number): Spans {
  return {
    from: new Int32Array(length),
    to: new Int32Array(length),
    first: new Float64Array(length),
    last: new Float64Array(length),
  };
}

/** Divides `length` source pixels among the first `outLength` entries. */
function fillSpans(spans: Spans, length: number, outLength: number): Spans {
  const { from, to, first, last } = spans;
  const step = length / outLength;
  for (let i = 0; i < outLength; i++) {
    const start = i * step;
    const end = Math.min(length, (i + 1) * step);
    from[i] = Math.min(length - 1, Math.floor(start));
    to[i] = Math.max(from[i], Math.min(length - 1, Math.ceil(end) - 1));
    first[i] = from[i] === to[i] ? end - start : from[i] + 1 - start;
    last[i] = from[i] === to[i] ? 0 : end - to[i];
  }
  return spans;
}

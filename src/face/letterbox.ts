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
  readonly first: Float32Array;
  readonly last: Float32Array;
}

/**
 * Fits whole pictures into a square: the detector's input. It owns the buffers that it needs on the way, so one
 * instance serves one picture at a time and allocates nothing for it.
 */
export class Letterboxer {
  readonly #size: number;
  readonly #across: Spans;
  readonly #down: Spans;
  readonly #sums: Float32Array;

  /** @param size edge of the square, in pixels */
  constructor(size: number) {
    this.#size = size;
    this.#across = makeSpans(size);
    this.#down = makeSpans(size);
    this.#sums = new Float32Array(3 * size);
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
    const outWidth = Math.max(1, Math.round(width / step));
    const outHeight = Math.max(1, Math.round(height / step));
    const left = Math.floor((size - outWidth) / 2);
    const top = Math.floor((size - outHeight) / 2);
    if (outWidth < size || outHeight < size) out.fill(-1, 0, 3 * plane);
    const sums = this.#sums;
    const across = fillSpans(this.#across, width, outWidth);
    const down = fillSpans(this.#down, height, outHeight);
    const scale = 1 / 127.5 / ((width / outWidth) * (height / outHeight));
    for (let v = 0; v < outHeight; v++) {
      sums.fill(0);
      const lastRow = down.to[v];
      for (let y = down.from[v]; y <= lastRow; y++) {
        const weight = y === down.from[v] ? down.first[v] : y === lastRow ? down.last[v] : 1;
        addRow(data, y * width * 3, across, outWidth, weight, sums);
      }
      const row = (top + v) * size + left;
      for (let u = 0; u < outWidth; u++) {
        out[row + u] = sums[u * 3] * scale - 1;
        out[plane + row + u] = sums[u * 3 + 1] * scale - 1;
        out[2 * plane + row + u] = sums[u * 3 + 2] * scale - 1;
      }
    }
    return { step, left, top };
  }
}

/** Adds one source row, reduced to the output's width and weighted, to the sums. */
function addRow(
  data: Uint8Array,
  start: number,
  across: Spans,
  outWidth: number,
  weight: number,
  sums: Float32Array,
): void {
  const { from, to, first, last } = across;
  for (let u = 0; u < outWidth; u++) {
    let at = start + from[u] * 3;
    const end = start + to[u] * 3;
    let r = data[at] * first[u];
    let g = data[at + 1] * first[u];
    let b = data[at + 2] * first[u];
    for (at += 3; at < end; at += 3) {
      r += data[at];
      g += data[at + 1];
      b += data[at + 2];
    }
    if (at === end) {
      r += data[at] * last[u];
      g += data[at + 1] * last[u];
      b += data[at + 2] * last[u];
    }
    sums[u * 3] += r * weight;
    sums[u * 3 + 1] += g * weight;
    sums[u * 3 + 2] += b * weight;
  }
}

function makeSpans(length: number): Spans {
  return {
    from: new Int32Array(length),
    to: new Int32Array(length),
    first: new Float32Array(length),
    last: new Float32Array(length),
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

import type { Pixels } from '../image/pixels.ts';
import { openKernels } from '../kernels/kernels.ts';

/** Where the picture lies within a letterbox. */
export interface Letterbox {
  /** Picture pixels per letterbox pixel. */
  readonly step: number;
  /** The picture's top left corner in the letterbox, in letterbox pixels. */
  readonly left: number;
  readonly top: number;
}

/**
 * How many rows of the picture an output row is made of, at least. Where there are twice as many, as in a glance at 1,280 pixels,
 * every second one is left out.
 */
const ENOUGH_ROWS = 5;

/** How many times as large as the square a picture may be: the sum of that many bytes fits into 16 bits. */
const MAX_SHRINK = 257;

/**
 * Shrinks (or enlarges) a whole picture into the middle of a square, black around it, as planes of floats
 * (3 x size x size: R, G, B) from -1 to 1: the detector's input. Each output pixel is the mean of the area that it covers.
 *
 * @param size edge of the square, in pixels
 * @param out  at least 3 x size x size numbers; reused from picture to picture
 */
export function fitLetterbox({ data, width, height }: Pixels, size: number, out: Float32Array): Letterbox {
  const plane = size * size;
  if (out.length < 3 * plane)
    throw new RangeError(`out holds ${out.length} numbers; ${3 * plane} are needed`);
  const step = Math.max(width, height) / size;
  if (step > MAX_SHRINK)
    throw new RangeError(`${width} x ${height} pixels are more than ${MAX_SHRINK} times ${size}`);
  const outWidth = Math.max(1, Math.round(width / step));
  const outHeight = Math.max(1, Math.round(height / step));
  const left = Math.floor((size - outWidth) / 2);
  const top = Math.floor((size - outHeight) / 2);
  const every = Math.max(1, Math.floor(height / outHeight / ENOUGH_ROWS));

  const kernels = openKernels();
  const { loops } = kernels;
  const squareBytes = 4 * 3 * plane;
  const { at, behind } = kernels.place(data, squareBytes + loops.letterboxRoom(width, outWidth));
  const room = behind + squareBytes;
  const square = kernels.floats(behind, 3 * plane);
  if (outWidth < size || outHeight < size) square.fill(-1);
  const first = behind + 4 * (top * size + left);
  loops.letterbox(at, width, height, every, outWidth, outHeight, room, first, size);
  out.set(square);
  return { step, left, top };
}

import { DAMAGE_DETAILS, fill } from '../../../errors.ts';
import { corrupt } from '../blocks.ts';
import type { BmpLayout } from './header.ts';

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Unpacks RLE8 or RLE4 (Microsoft's "Bitmap Compression") to one palette index a byte.
 *
 * Pixels that the stream never names, skipped by a delta, by an early end of a line or of the bitmap, have index
 * 0, as in ImageMagick. What a run has beyond the end of its row is dropped, and so is what comes after the
 * last row. A stream may lack its end mark, but not rows.
 *
 * @returns width x height indices, from the picture's top
 * @throws DetectError `image.corrupt` when the stream ends inside a run or before the last row
 */
export function unpackRle(bytes: Uint8Array, layout: BmpLayout): Uint8Array {
  const { width, height } = layout;
  const isNibbles = layout.compression === 'rle4';
  const indices = new Uint8Array(width * height);
  let at = layout.pixelOffset;
  let x = 0;
  let y = 0;
  while (y < height) {
    if (at + 2 > bytes.length) {
      if (y === height - 1) break;
      throw corrupt(fill(DAMAGE_DETAILS.bmpRow, { row: y + 1, height }));
    }
    const count = bytes[at];
    const value = bytes[at + 1];
    at += 2;
    const row = (layout.topDown ? y : height - 1 - y) * width;
    if (count > 0) {
      const end = Math.min(x + count, width);
      for (let i = 0; x + i < end; i++) indices[row + x + i] = isNibbles ? nibble(value, i) : value;
      x = end;
    } else if (value === END_OF_LINE) {
      x = 0;
      y++;
    } else if (value === END_OF_BITMAP) {
      break;
    } else if (value === DELTA) {
      if (at + 2 > bytes.length) throw corrupt(DAMAGE_DETAILS.bmpJump);
      x = Math.min(x + bytes[at], width);
      y += bytes[at + 1];
      at += 2;
    } else {
      const length = isNibbles ? (value + 1) >> 1 : value;
      if (at + length > bytes.length) throw corrupt(DAMAGE_DETAILS.bmpRun);
      const end = Math.min(x + value, width);
      for (let i = 0; x + i < end; i++) {
        indices[row + x + i] = isNibbles ? nibble(bytes[at + (i >> 1)], i) : bytes[at + i];
      }
      x = end;
      at += length + (length & 1);
    }
  }
  return indices;
}

/** The high half of a byte for even positions, the low one for odd. */
function nibble(byte: number, position: number): number {
  return (position & 1) === 0 ? byte >> 4 : byte & 15;
}

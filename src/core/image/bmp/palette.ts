import { type BmpLayout, CORE_HEADER_BYTES, FILE_HEADER_BYTES } from './header.ts';

/**
 * The palette as R, G, B triples, as long as an index of this depth can name. Colours that the file does not hold
 * are black, as in browsers: a file may count fewer than it uses.
 *
 * It ends where its count says, where the pixels start or where the file ends, whichever is first.
 */
export function readPalette(bytes: Uint8Array, layout: BmpLayout): Uint8Array {
  const length = 2 ** layout.bitsPerPixel;
  const entryBytes = layout.headerBytes === CORE_HEADER_BYTES ? 3 : 4;
  const start = FILE_HEADER_BYTES + layout.headerBytes;
  const room = Math.floor((Math.min(layout.pixelOffset, bytes.length) - start) / entryBytes);
  const counted = layout.coloursUsed === 0 ? length : layout.coloursUsed;
  const entries = Math.min(counted, length, room);
  const palette = new Uint8Array(length * 3);
  for (let i = 0; i < entries; i++) {
    const at = start + i * entryBytes;
    palette[i * 3] = bytes[at + 2];
    palette[i * 3 + 1] = bytes[at + 1];
    palette[i * 3 + 2] = bytes[at];
  }
  return palette;
}

/**
 * Unpacks rows of 1, 2, 4 or 8-bit palette indices, the leftmost pixel in the highest bits, to one byte each.
 *
 * @param rowAt   where row `y` of the picture, counted from its top, starts; the caller has checked that all rows fit
 * @returns width x height indices
 */
export function unpackIndices(
  bytes: Uint8Array,
  layout: BmpLayout,
  rowAt: (y: number) => number,
): Uint8Array {
  const { width, height, bitsPerPixel } = layout;
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bitsPerPixel - 1;
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = rowAt(y);
    for (let x = 0; x < width; x++, to++) {
      const bit = x * bitsPerPixel;
      indices[to] = (bytes[row + (bit >>> 3)] >>> (8 - bitsPerPixel - (bit & 7))) & mask;
    }
  }
  return indices;
}

/** Looks every index up in the palette of {@link readPalette}, which holds all that there can be. */
export function applyPalette(indices: Uint8Array, palette: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3);
  for (let i = 0, to = 0; i < indices.length; i++, to += 3) {
    const from = indices[i] * 3;
    rgb[to] = palette[from];
    rgb[to + 1] = palette[from + 1];
    rgb[to + 2] = palette[from + 2];
  }
  return rgb;
}

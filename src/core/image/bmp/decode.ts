import { DAMAGE_DETAILS, fill } from '../../../errors.ts';
import { corrupt } from '../blocks.ts';
import { MAX_PIXELS } from '../limits.ts';
import { readFields, unpackFields } from './fields.ts';
import { type BmpLayout, FILE_HEADER_BYTES, readBmpLayout } from './header.ts';
import { applyPalette, readPalette, unpackIndices } from './palette.ts';
import { unpackRle } from './rle.ts';

/** A decoded BMP, at its stored size. */
export interface BmpPixels {
  /** width x height x 3 bytes: R, G, B; rows from the top. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a BMP. All layouts of Windows are read, and those of OS/2 except its Huffman coding and 24-bit runs; JPEG and
 * PNG inside a BMP, which only printers get, are not. Colour profiles and gamma are not applied. Nothing outside
 * `bytes` is read: that the rows fit is checked before the first one is.
 *
 * It allocates up to 4 bytes a pixel, however short the file, and therefore refuses more than `MAX_PIXELS`.
 *
 * @param bytes the whole file
 * @throws DetectError `image.corrupt`, or `image.unsupported` when it is not a BMP
 */
export function decodeBmp(bytes: Uint8Array): BmpPixels {
  const layout = readBmpLayout(bytes);
  if (layout === null) throw corrupt(DAMAGE_DETAILS.bmpHeaders);
  const { width, height, pixelOffset, bitsPerPixel, compression } = layout;
  if (width * height > MAX_PIXELS) throw corrupt(fill(DAMAGE_DETAILS.bmpSize, { width, height }));
  if (pixelOffset < FILE_HEADER_BYTES + layout.headerBytes || pixelOffset > bytes.length) {
    throw corrupt(fill(DAMAGE_DETAILS.bmpOffset, { offset: pixelOffset, length: bytes.length }));
  }
  if (compression === 'rle8' || compression === 'rle4') {
    return { data: applyPalette(unpackRle(bytes, layout), readPalette(bytes, layout)), width, height };
  }

  const rowAt = locateRows(bytes, layout);
  if (bitsPerPixel <= 8) {
    const indices = unpackIndices(bytes, layout, rowAt);
    return { data: applyPalette(indices, readPalette(bytes, layout)), width, height };
  }
  const data = new Uint8Array(width * height * 3);
  if (bitsPerPixel === 24) unpackTriples(bytes, layout, rowAt, data);
  else unpackFields(bytes, layout, readFields(bytes, layout), rowAt, data);
  return { data, width, height };
}

/**
 * Where each row starts. Rows are padded to 4 bytes; the padding of the file's last one may be missing.
 *
 * @throws DetectError `image.corrupt` when the rows don't fit into the file
 */
function locateRows(bytes: Uint8Array, layout: BmpLayout): (y: number) => number {
  const { width, height, pixelOffset, bitsPerPixel, topDown } = layout;
  const rowBytes = Math.ceil((width * bitsPerPixel) / 8);
  const stride = Math.ceil(rowBytes / 4) * 4;
  const needed = stride * (height - 1) + rowBytes;
  if (needed > bytes.length - pixelOffset) {
    throw corrupt(fill(DAMAGE_DETAILS.bmpCutOff, { length: bytes.length - pixelOffset, needed }));
  }
  return topDown ? (y) => pixelOffset + y * stride : (y) => pixelOffset + (height - 1 - y) * stride;
}

/** Turns rows of B, G, R into R, G, B. */
function unpackTriples(
  bytes: Uint8Array,
  { width, height }: BmpLayout,
  rowAt: (y: number) => number,
  rgb: Uint8Array,
): void {
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = rowAt(y);
    for (let x = 0; x < width; x++, from += 3, to += 3) {
      rgb[to] = bytes[from + 2];
      rgb[to + 1] = bytes[from + 1];
      rgb[to + 2] = bytes[from];
    }
  }
}

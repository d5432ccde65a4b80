import { DAMAGE_DETAILS, fill } from '../../errors.ts';
import type { ImageHeader, Orientation } from '../inspection.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { hasText, u32be } from './bytes.ts';
import { readExifOrientation } from './exif.ts';

/** What every PNG begins with, in bytes. */
export const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk: all of it but its data. */
export const CHUNK_OVERHEAD = 12;
const IHDR_BYTES = 13;
const IHDR_END = SIGNATURE_BYTES + CHUNK_OVERHEAD + IHDR_BYTES;
/** The largest length and edge that PNG allows (PNG 3rd edition, 7.1). */
const MAX_PNG_INTEGER = 0x7fffffff;
const ACTL_BYTES = 8;

/** Bit depths by colour type (PNG 3rd edition, table 8). */
const BIT_DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/**
 * Reads a PNG's header: IHDR, then the chunks up to the first IDAT. An eXIf chunk counts only before the
 * pixels, as it does for libpng's and the browsers' readers; an acTL chunk must stand there (it makes an APNG).
 *
 * @returns null when the first IDAT is not among the bytes yet
 * @throws DetectError `image.corrupt`
 */
export function readPngHeader(bytes: Uint8Array): ImageHeader | null {
  if (bytes.length < IHDR_END) return null;
  const size = readImageHeader(bytes);
  let orientation: Orientation = 1;
  let animated = false;
  let at = IHDR_END;
  for (let visited = 0; visited < MAX_BLOCKS; visited++) {
    if (at + 8 > bytes.length) return null;
    const length = u32be(bytes, at);
    if (length > MAX_PNG_INTEGER) throw corrupt(fill(DAMAGE_DETAILS.pngChunk, { length }));
    if (hasText(bytes, at + 4, 'IDAT')) return { format: 'png', ...size, orientation, animated };
    if (hasText(bytes, at + 4, 'IEND')) throw corrupt(DAMAGE_DETAILS.pngNoPicture);
    const end = at + CHUNK_OVERHEAD + length;
    if (end > bytes.length) return null;
    if (hasText(bytes, at + 4, 'eXIf')) orientation = readExifOrientation(bytes, at + 8, end - 4);
    else if (hasText(bytes, at + 4, 'acTL') && length === ACTL_BYTES) animated = u32be(bytes, at + 8) > 1;
    at = end;
  }
  throw tooManyBlocks('PNG chunks');
}

/** The checksum of a chunk (PNG 3rd edition, annex D), bit by bit: it is used for 17 bytes a picture. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

function readImageHeader(bytes: Uint8Array) {
  const at = SIGNATURE_BYTES;
  if (u32be(bytes, at) !== IHDR_BYTES || !hasText(bytes, at + 4, 'IHDR')) {
    throw corrupt(DAMAGE_DETAILS.pngNoHeader);
  }
  const checksum = u32be(bytes, IHDR_END - 4);
  if (crc32(bytes.subarray(at + 4, IHDR_END - 4)) !== checksum) {
    throw corrupt(DAMAGE_DETAILS.pngChecksum);
  }
  const width = u32be(bytes, at + 8);
  const height = u32be(bytes, at + 12);
  if (width === 0 || height === 0 || width > MAX_PNG_INTEGER || height > MAX_PNG_INTEGER) {
    throw corrupt(fill(DAMAGE_DETAILS.pngSize, { width, height }));
  }
  const [depth, colour, compression, filter, interlace] = bytes.subarray(at + 16, at + 21);
  if (!BIT_DEPTHS.get(colour)?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    throw corrupt(fill(DAMAGE_DETAILS.pngLayout, { colour, depth }));
  }
  return { width, height };
}

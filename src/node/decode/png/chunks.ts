import { crc32 } from 'node:zlib';
import { MAX_BLOCKS } from '../../../core/image/blocks.ts';
import { hasText, u32be } from '../../../core/image/bytes.ts';

/** A PNG of 8 bits a sample whose pixels come row by row, from the top, and mean what they say. */
export interface PlainPng {
  readonly width: number;
  readonly height: number;
  /** R, G, B, or with transparency too. */
  readonly bytesOfPixel: 3 | 4;
  /** Where its first chunk of pixels begins. */
  readonly firstIdat: number;
  /** Whether it has a colour profile, which may have to be applied. */
  readonly hasProfile: boolean;
}

const SIGNATURE_BYTES = 8;
/** Length and type of a chunk, in front of its data. */
const HEAD_BYTES = 8;
/** Its checksum, behind them. */
const CHECKSUM_BYTES = 4;
const CHUNK_OVERHEAD = HEAD_BYTES + CHECKSUM_BYTES;
const DEPTH = 8;
/** Bytes of a pixel, by colour type: RGB, and with transparency (PNG 3rd edition, table 8). */
const BYTES_OF_PIXEL: ReadonlyMap<number, 3 | 4> = new Map([
  [2, 3],
  [6, 4],
]);
/**
 * Chunks that change no pixel, damaged or not, for sharp as for us: how large pixels are and what grey they are meant for, dates,
 * words, orientation, Apple's index, and where a picture comes from (C2PA). What else there may be is left to sharp.
 */
const HARMLESS = [
  'pHYs',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'tIME',
  'tEXt',
  'zTXt',
  'iTXt',
  'eXIf',
  'iDOT',
  'caBX',
];
/** So many bytes of pixels are inflated at a time, or a little more. */
const BATCH_BYTES = 128 * 1024;

/**
 * Reads what stands before a PNG's pixels.
 *
 * @param bytes a PNG whose header has been read
 * @returns null for all but the plain kind
 */
export function readPlainPng(bytes: Uint8Array): PlainPng | null {
  const [depth, colour, , , interlace] = bytes.subarray(24, 29);
  const bytesOfPixel = BYTES_OF_PIXEL.get(colour);
  if (bytesOfPixel === undefined || depth !== DEPTH || interlace !== 0) return null;
  let hasProfile = false;
  let at = SIGNATURE_BYTES;
  while (!hasText(bytes, at + 4, 'IDAT')) {
    if (hasText(bytes, at + 4, 'iCCP')) hasProfile = true;
    else if (at > SIGNATURE_BYTES && !HARMLESS.some((type) => hasText(bytes, at + 4, type))) return null;
    at += CHUNK_OVERHEAD + u32be(bytes, at);
  }
  const [width, height] = [u32be(bytes, 16), u32be(bytes, 20)];
  return { width, height, bytesOfPixel, firstIdat: at, hasProfile };
}

/**
 * The deflated data of a PNG's pixels, some of its chunks at a time: each piece is valid until the next one is asked for. It ends early, and
 * without an error, at a chunk that is damaged or cut off.
 *
 * @param at where the first of its chunks begins
 */
export function* deflatedData(bytes: Uint8Array, at: number): Generator<Uint8Array, void, void> {
  const batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
  let length = 0;
  for (let count = 0; hasText(bytes, at + 4, 'IDAT') && count < MAX_BLOCKS; count++) {
    const end = at + HEAD_BYTES + u32be(bytes, at);
    if (end + CHECKSUM_BYTES > bytes.length || crc32(bytes.subarray(at + 4, end)) !== u32be(bytes, end))
      break;
    const data = bytes.subarray(at + HEAD_BYTES, end);
    at = end + CHECKSUM_BYTES;
    if (length > 0 && length + data.length > BATCH_BYTES) {
      yield batch.subarray(0, length);
      length = 0;
    }
    if (data.length > BATCH_BYTES) yield data;
    else {
      batch.set(data, length);
      length += data.length;
    }
  }
  if (length > 0) yield batch.subarray(0, length);
}

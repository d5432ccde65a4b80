import { DAMAGE_DETAILS, DetectError, fill } from '../../../errors.ts';
import type { ImageHeader } from '../../inspection.ts';
import { corrupt } from '../blocks.ts';
import { i32le, u16le, u32le } from '../bytes.ts';

/** Size of the file header, which the DIB header follows. */
export const FILE_HEADER_BYTES = 14;

/** BITMAPCOREHEADER of OS/2 1.x and Windows 2, with sizes of 16 bits. */
export const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
/** The DIB headers, by their size: core, OS/2 2.x short and long, INFO, V2, V3, V4 and V5. */
const HEADER_BYTES = new Set([CORE_HEADER_BYTES, 16, INFO_HEADER_BYTES, 52, 56, 64, 108, 124]);
/** Headers from this size on hold the masks of red, green and blue; before, they stand behind the header. */
const V2_HEADER_BYTES = 52;
/** Headers from this size on hold a mask of alpha as well. */
const V3_HEADER_BYTES = 56;
/** Headers that end in, or go on with, OS/2's own fields: what Windows calls bit fields is Huffman coding there. */
const OS2_HEADER_BYTES = new Set([16, 64]);

const BITS_PER_PIXEL = new Set([1, 2, 4, 8, 16, 24, 32]);
const BI_RGB = 0;
const BI_RLE8 = 1;
const BI_RLE4 = 2;
const BI_BITFIELDS = 3;
const BI_ALPHABITFIELDS = 6;

/** How the pixels are stored. */
export type BmpCompression = 'none' | 'rle8' | 'rle4' | 'bitfields';

/** All that a BMP's two headers say about where its pixels are and how to read them. */
export interface BmpLayout {
  readonly width: number;
  /** Positive, whichever way the rows run. */
  readonly height: number;
  readonly topDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: BmpCompression;
  /** How many masks the file has for its bit fields: red, green, blue, and alpha if 4. */
  readonly masks: 0 | 3 | 4;
  /** Size of the DIB header in bytes. */
  readonly headerBytes: number;
  /** What the header says it has of palette entries; 0 stands for as many as an index can name. */
  readonly coloursUsed: number;
  /** Where the pixels start, from the file's start. Not checked against the file's length. */
  readonly pixelOffset: number;
}

/**
 * Reads a BMP's file header and DIB header (Microsoft's "Bitmap Header Types", and OS/2's).
 *
 * @returns null when more bytes are needed
 * @throws DetectError `image.unsupported` when no DIB header follows the two letters: then it is not a BMP at all;
 *   `image.corrupt` for sizes, depths and compressions that no decoder could follow
 */
export function readBmpLayout(bytes: Uint8Array): BmpLayout | null {
  if (bytes.length < FILE_HEADER_BYTES + 4) return null;
  const headerBytes = u32le(bytes, FILE_HEADER_BYTES);
  if (!HEADER_BYTES.has(headerBytes)) throw new DetectError('image.unsupported');
  if (bytes.length < FILE_HEADER_BYTES + headerBytes) return null;

  const at = FILE_HEADER_BYTES;
  const isCore = headerBytes === CORE_HEADER_BYTES;
  const hasCompression = headerBytes >= INFO_HEADER_BYTES;
  const width = isCore ? u16le(bytes, at + 4) : i32le(bytes, at + 4);
  const signedHeight = isCore ? u16le(bytes, at + 6) : i32le(bytes, at + 8);
  const planes = u16le(bytes, isCore ? at + 8 : at + 12);
  const bitsPerPixel = u16le(bytes, isCore ? at + 10 : at + 14);
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0 || height > 0x7fffffff) {
    throw corrupt(fill(DAMAGE_DETAILS.bmpSize, { width, height: signedHeight }));
  }
  if (planes !== 1) throw corrupt(fill(DAMAGE_DETAILS.bmpPlanes, { planes }));
  if (!BITS_PER_PIXEL.has(bitsPerPixel)) throw corrupt(fill(DAMAGE_DETAILS.bmpBits, { bits: bitsPerPixel }));
  const code = hasCompression ? u32le(bytes, at + 16) : BI_RGB;
  const compression = compressionOf(code, bitsPerPixel, headerBytes);
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bitsPerPixel,
    compression,
    masks: compression === 'bitfields' ? masksOf(code, headerBytes) : 0,
    headerBytes,
    coloursUsed: hasCompression ? u32le(bytes, at + 32) : 0,
    pixelOffset: u32le(bytes, 10),
  };
}

function compressionOf(code: number, bitsPerPixel: number, headerBytes: number): BmpCompression {
  if (code === BI_RGB) return 'none';
  if (code === BI_RLE8 && bitsPerPixel === 8) return 'rle8';
  if (code === BI_RLE4 && bitsPerPixel === 4) return 'rle4';
  const isBitFields = code === BI_BITFIELDS || code === BI_ALPHABITFIELDS;
  const isWindows = !OS2_HEADER_BYTES.has(headerBytes);
  if (isBitFields && isWindows && (bitsPerPixel === 16 || bitsPerPixel === 32)) return 'bitfields';
  throw corrupt(fill(DAMAGE_DETAILS.bmpCompression, { code, bits: bitsPerPixel }));
}

function masksOf(code: number, headerBytes: number): 3 | 4 {
  if (headerBytes >= V3_HEADER_BYTES) return 4;
  return headerBytes < V2_HEADER_BYTES && code === BI_ALPHABITFIELDS ? 4 : 3;
}

/**
 * Reads a BMP's header. A BMP has no orientation (a negative height only says how its rows are stored) and a
 * single frame.
 *
 * @returns null when more bytes are needed
 * @throws DetectError as {@link readBmpLayout}
 */
export function readBmpHeader(bytes: Uint8Array): ImageHeader | null {
  const layout = readBmpLayout(bytes);
  if (layout === null) return null;
  const { width, height } = layout;
  return { format: 'bmp', width, height, orientation: 1, animated: false };
}

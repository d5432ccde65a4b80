import { CORE_DETAILS, DetectError, fill } from '../../errors.ts';
import type { ImageFormat, ImageHeader } from '../inspection.ts';
import { corrupt } from './blocks.ts';
import { readBmpHeader } from './bmp/header.ts';
import { unsupported } from './foreign-format.ts';
import { readJpegHeader } from './jpeg.ts';
import { readPngHeader } from './png.ts';
import { readWebpHeader } from './webp.ts';

/** The first bytes of each format; -1 stands for any byte. */
const SIGNATURES: Readonly<Record<ImageFormat, readonly number[]>> = {
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  webp: [0x52, 0x49, 0x46, 0x46, -1, -1, -1, -1, 0x57, 0x45, 0x42, 0x50],
  bmp: [0x42, 0x4d],
};

const READERS: Readonly<Record<ImageFormat, (bytes: Uint8Array, complete: boolean) => ImageHeader | null>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  bmp: readBmpHeader,
};

/**
 * The format that the first bytes show, whatever the file is called. At most 12 bytes are needed; for all but
 * WebP fewer.
 *
 * @param bytes the start of a file, or all of it
 * @returns null when the bytes so far fit a format but are too few to tell
 * @throws DetectError `image.unsupported` as soon as they fit none
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat | null {
  let undecided = false;
  for (const [format, signature] of Object.entries(SIGNATURES) as [ImageFormat, readonly number[]][]) {
    const fits = signature.every((byte, i) => i >= bytes.length || byte === -1 || byte === bytes[i]);
    if (fits && bytes.length >= signature.length) return format;
    undecided ||= fits;
  }
  if (undecided) return null;
  throw unsupported(bytes);
}

/**
 * Reads what a file says about its picture, without decoding a pixel. Stateless: while a file is arriving it may
 * be called again with more of it, and gives null until everything in the result is certain. Once it gives a
 * header, more bytes don't change it.
 *
 * Most headers are complete before the pixels; a WebP with EXIF has its orientation behind them (`webp.ts`).
 * The time is bounded, whatever the bytes (`blocks.ts`).
 *
 * @param bytes    the start of a file, or all of it
 * @param complete whether `bytes` is the whole file
 * @returns null when more bytes are needed, which a complete file never is
 * @throws DetectError `image.empty` for a whole file without a byte; `image.unsupported` as soon as the bytes show that they are
 *   of none of the four formats; `image.corrupt` when the header is damaged, cut off, or names a size of zero
 */
export function readHeader(bytes: Uint8Array, complete: true): ImageHeader;
export function readHeader(bytes: Uint8Array, complete: boolean): ImageHeader | null;
export function readHeader(bytes: Uint8Array, complete: boolean): ImageHeader | null {
  if (complete && bytes.length === 0) throw new DetectError('image.empty');
  const format = sniffFormat(bytes);
  const header = format === null ? null : READERS[format](bytes, complete);
  if (header !== null || !complete) return header;
  if (format === null) throw new DetectError('image.unsupported');
  throw corrupt(fill(CORE_DETAILS.cutOff, { length: bytes.length }));
}

import { DAMAGE_DETAILS, fill } from '../../errors.ts';
import type { ImageHeader, Orientation } from '../inspection.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { hasText, u16le, u24le, u32le } from './bytes.ts';
import { readExifOrientation } from './exif.ts';

/** "RIFF", the length of what follows, "WEBP". */
export const RIFF_BYTES = 12;
/** Name and length of a chunk. */
export const CHUNK_HEADER = 8;
const DATA = RIFF_BYTES + CHUNK_HEADER;
/** Enough of a first chunk VP8 or VP8X to know the size. */
const SIZE_BYTES = 10;
/** The same of VP8L, of which a whole picture can have fewer than 10. */
const LOSSLESS_SIZE_BYTES = 5;
const VP8X_BYTES = 10;
/** Flags of an extended header (RFC 9649, 2.7). */
export const FLAG_ANIMATION = 0x02;
export const FLAG_EXIF = 0x08;
const VP8L_SIGNATURE = 0x2f;

/**
 * Reads a WebP's header (RFC 9649). The size is within the first 30 bytes. EXIF, where the VP8X flags announce
 * it, stands behind the pixels, so that such a file's header is not known before nearly all of it has arrived.
 * `animated` is the file's own flag: an animation of a single frame counts.
 *
 * @param complete whether `bytes` is the whole file
 * @returns null when more bytes are needed
 * @throws DetectError `image.corrupt`
 */
export function readWebpHeader(bytes: Uint8Array, complete: boolean): ImageHeader | null {
  if (bytes.length < DATA) return null;
  const riffEnd = CHUNK_HEADER + u32le(bytes, 4);
  if (complete && riffEnd > bytes.length) {
    throw corrupt(fill(DAMAGE_DETAILS.webpCutOff, { length: bytes.length, whole: riffEnd }));
  }
  if (riffEnd < DATA) throw corrupt(fill(DAMAGE_DETAILS.webpLength, { length: riffEnd }));
  const isExtended = hasText(bytes, RIFF_BYTES, 'VP8X');
  const isLossless = hasText(bytes, RIFF_BYTES, 'VP8L');
  if (!isExtended && !isLossless && !hasText(bytes, RIFF_BYTES, 'VP8 ')) {
    throw corrupt(DAMAGE_DETAILS.webpChunk);
  }
  if (bytes.length < DATA + (isLossless ? LOSSLESS_SIZE_BYTES : SIZE_BYTES)) return null;
  if (!isExtended) {
    const size = isLossless ? readLossless(bytes) : readLossy(bytes);
    return { format: 'webp', ...size, orientation: 1, animated: false };
  }

  if (u32le(bytes, RIFF_BYTES + 4) < VP8X_BYTES) throw corrupt(DAMAGE_DETAILS.webpExtended);
  const flags = bytes[DATA];
  const animated = (flags & FLAG_ANIMATION) !== 0;
  const orientation = (flags & FLAG_EXIF) === 0 ? 1 : findOrientation(bytes, complete, riffEnd);
  if (orientation === null) return null;
  const width = u24le(bytes, DATA + 4) + 1;
  const height = u24le(bytes, DATA + 7) + 1;
  return { format: 'webp', width, height, orientation, animated };
}

/** The size in a VP8 key frame's header (RFC 6386, 9.1). */
function readLossy(bytes: Uint8Array) {
  const isKeyFrame = (bytes[DATA] & 1) === 0;
  if (!isKeyFrame || u24le(bytes, DATA + 3) !== 0x2a019d) throw corrupt(DAMAGE_DETAILS.webpKeyFrame);
  const width = u16le(bytes, DATA + 6) & 0x3fff;
  const height = u16le(bytes, DATA + 8) & 0x3fff;
  if (width === 0 || height === 0) throw corrupt(fill(DAMAGE_DETAILS.webpSize, { width, height }));
  return { width, height };
}

/** The size in a lossless stream's header: 14 bits each, less one (RFC 9649, 3.4). */
function readLossless(bytes: Uint8Array) {
  const bits = u32le(bytes, DATA + 1);
  const version = bits >>> 29;
  if (bytes[DATA] !== VP8L_SIGNATURE || version !== 0) throw corrupt(DAMAGE_DETAILS.webpLossless);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The orientation in the EXIF chunk, 1 when the file turns out to have none, null when it may yet come. */
function findOrientation(bytes: Uint8Array, complete: boolean, riffEnd: number): Orientation | null {
  let at = RIFF_BYTES;
  for (let visited = 0; visited < MAX_BLOCKS; visited++) {
    if (at + CHUNK_HEADER > riffEnd) return 1;
    if (at + CHUNK_HEADER > bytes.length) return complete ? 1 : null;
    const start = at + CHUNK_HEADER;
    const end = start + u32le(bytes, at + 4);
    if (end > riffEnd) return 1;
    if (hasText(bytes, at, 'EXIF')) {
      return end > bytes.length ? null : readExifOrientation(bytes, start, end);
    }
    at = end + (end & 1);
  }
  throw tooManyBlocks('WebP chunks');
}

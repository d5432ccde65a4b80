import { hasText, u32be } from '../core/image/bytes.ts';
import { CHUNK_OVERHEAD, SIGNATURE_BYTES } from '../core/image/png.ts';
import type { ImageFormat } from '../core/inspection.ts';

/** Where a PNG has its colour type, and the bit of it that stands for a channel of transparency. */
const PNG_COLOUR_AT = 25;
const PNG_ALPHA = 4;
/** Where a WebP's first chunk has its name; a lossy picture by itself has no transparency. */
const WEBP_CHUNK_AT = 12;

/** Whether a picture whose header has been read may be seen through anywhere. */
export function mayBeTransparent(bytes: Uint8Array, format: ImageFormat): boolean {
  if (format === 'webp') return !hasText(bytes, WEBP_CHUNK_AT, 'VP8 ');
  if (format === 'png') return (bytes[PNG_COLOUR_AT] & PNG_ALPHA) !== 0 || hasClearColour(bytes);
  return format === 'bmp';
}

/** Whether a PNG names colours that are transparent, which stands before its pixels. */
function hasClearColour(bytes: Uint8Array): boolean {
  for (
    let at = SIGNATURE_BYTES;
    at + CHUNK_OVERHEAD <= bytes.length;
    at += CHUNK_OVERHEAD + u32be(bytes, at)
  ) {
    if (hasText(bytes, at + 4, 'tRNS')) return true;
    if (hasText(bytes, at + 4, 'IDAT')) return false;
  }
  return false;
}

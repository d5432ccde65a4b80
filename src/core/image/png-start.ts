import { concatBytes, hasText, u32be } from './bytes.ts';
import { CHUNK_OVERHEAD, SIGNATURE_BYTES } from './png.ts';

/**
 * Text, which libpng inflates, up to 8 MB out of 8 kB, for up to 127 chunks; and EXIF, in whose directories libexif can be
 * led around for minutes.
 */
const METADATA = ['tEXt', 'zTXt', 'iTXt', 'eXIf'];

/**
 * A PNG without the metadata that stands before its pixels: nothing in it is for the eye, and reading it can take longer
 * than the picture. libpng does not come to what stands behind them.
 *
 * @param bytes a PNG whose header, orientation included, has been read
 * @returns `bytes` itself where there is none
 */
export function withoutPngMetadata(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  let at = SIGNATURE_BYTES;
  while (at + CHUNK_OVERHEAD <= bytes.length && !hasText(bytes, at + 4, 'IDAT')) {
    const next = at + CHUNK_OVERHEAD + u32be(bytes, at);
    if (METADATA.some((type) => hasText(bytes, at + 4, type))) {
      kept.push(bytes.subarray(from, at));
      from = next;
    }
    at = next;
  }
  return kept.length === 0 ? bytes : concatBytes([...kept, bytes.subarray(from)]);
}

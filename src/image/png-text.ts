import { hasText, u32be } from './bytes.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk: all of it but its data. */
const CHUNK_OVERHEAD = 12;
/** Text that may be compressed. libpng inflates each such chunk to up to 8 MB, of as little as 8 kB, and up to 127 of them. */
const TEXT_CHUNKS = ['zTXt', 'iTXt'];

/**
 * A PNG without the text that stands before its pixels: nothing in it is for the eye, and reading it can take longer
 * than the picture. libpng does not come to what stands behind them.
 *
 * @param bytes a PNG whose header has been read
 * @returns `bytes` itself where there is no text
 */
export function withoutText(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  let at = SIGNATURE_BYTES;
  while (at + CHUNK_OVERHEAD <= bytes.length && !hasText(bytes, at + 4, 'IDAT')) {
    const next = at + CHUNK_OVERHEAD + u32be(bytes, at);
    if (TEXT_CHUNKS.some((type) => hasText(bytes, at + 4, type))) {
      kept.push(bytes.subarray(from, at));
      from = next;
    }
    at = next;
  }
  return kept.length === 0 ? bytes : Buffer.concat([...kept, bytes.subarray(from)]);
}

import { DAMAGE_DETAILS, DetectError, fill } from '../../errors.ts';
import { hasText, u32le } from './bytes.ts';
import { countCodeGroups } from './vp8l.ts';
import { CHUNK_HEADER } from './webp.ts';

/**
 * The most groups of prefix codes that a lossless picture, or the alpha of a lossy one, may have. libwebp writes up to
 * 2,600 (`MAX_HUFF_IMAGE_SIZE`). As many as can be told apart, 65,536, take its decoder 0.9 seconds and 400 MB, out of a
 * file of 300 kB (`npm run bench:bombs`).
 */
export const MAX_CODE_GROUPS = 4096;

/** Signature, size, alpha and version of a lossless stream. */
const LOSSLESS_HEADER = 5;
/** Of the first byte of a chunk ALPH: how it is compressed (RFC 9649, 2.7.1.2). */
const ALPHA_METHOD = 3;
const ALPHA_LOSSLESS = 1;

/**
 * Looks at the chunks of one picture, still or a frame.
 *
 * @param from where its first chunk starts, or any before it
 * @param to   where the last one ends
 * @param size of the picture, in pixels
 * @throws DetectError `image.too_complex` beyond {@link MAX_CODE_GROUPS}
 */
export function checkCodeGroups(
  bytes: Uint8Array,
  from: number,
  to: number,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  for (let at = from; at + CHUNK_HEADER < to; ) {
    const start = at + CHUNK_HEADER;
    const length = u32le(bytes, at + 4);
    const end = Math.min(start + length, to);
    if (hasText(bytes, at, 'VP8L') && start + LOSSLESS_HEADER < end) {
      const size = u32le(bytes, start + 1);
      const area = { width: (size & 0x3fff) + 1, height: ((size >>> 14) & 0x3fff) + 1 };
      refuse(countCodeGroups(bytes, { start: start + LOSSLESS_HEADER, end, ...area }));
      return;
    }
    if (hasText(bytes, at, 'VP8 ')) return;
    if (hasText(bytes, at, 'ALPH') && (bytes[start] & ALPHA_METHOD) === ALPHA_LOSSLESS) {
      refuse(countCodeGroups(bytes, { start: start + 1, end, width, height }));
    }
    at = start + length + (length & 1);
  }
}

function refuse(groups: number | null): void {
  if (groups === null || groups <= MAX_CODE_GROUPS) return;
  throw new DetectError(
    'image.too_complex',
    fill(DAMAGE_DETAILS.webpCodes, { groups, most: MAX_CODE_GROUPS }),
  );
}

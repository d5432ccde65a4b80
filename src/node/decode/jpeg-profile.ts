import { hasText } from '../../core/image/bytes.ts';
import { walkSegments } from '../../core/image/jpeg.ts';

const APP2 = 0xe2;
const SIGNATURE = 'ICC_PROFILE\0';
/** Behind the signature: the part's number, from 1, and how many there are. */
const PART_HEADER = 2;

/**
 * The colour profile of a JPEG, put together from its APP2 segments in the order of their numbers (ICC.1, B.4).
 *
 * @param bytes a JPEG whose header has been read
 * @returns null when there is none; an empty one when a part is missing or there twice, since then it depends on the
 *   reader which ones are taken
 */
export function readJpegProfile(bytes: Uint8Array): Buffer | null {
  const parts: { number: number; data: Uint8Array }[] = [];
  walkSegments(bytes, (marker, start, end) => {
    const at = start + 2;
    const data = at + SIGNATURE.length + PART_HEADER;
    if (marker !== APP2 || data > end || !hasText(bytes, at, SIGNATURE)) return;
    parts.push({ number: bytes[at + SIGNATURE.length], data: bytes.subarray(data, end) });
  });
  if (parts.length === 0) return null;
  parts.sort((a, b) => a.number - b.number);
  if (parts.some(({ number }, i) => number !== i + 1)) return Buffer.alloc(0);
  return Buffer.concat(parts.map(({ data }) => data));
}

import { DAMAGE_DETAILS } from '../../errors.ts';
import { corrupt } from './blocks.ts';
import { concatBytes } from './bytes.ts';
import type { Decodable } from './decodable.ts';
import type { ScanSurvey } from './jpeg-scans.ts';

/** Bytes of data, each 0xff, that libjpeg may look at beyond the last one that it needs: it fills 64 bits at a time. */
const LOOKED_AHEAD = Uint8Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 0xff : 0));
const END_MARKER = Uint8Array.of(0xff, 0xd9);

/**
 * A JPEG without its end marker, so that the decoder takes it where the marker alone is missing, and refuses it where
 * rows or scans are too. As it is, it would be refused in both cases, since libjpeg looks some bytes ahead.
 *
 * A picture that is decoded row by row gets those bytes and no more: where any rows are missing they are used up, the
 * file ends and libvips fails. One that is read whole before its first row gets an end marker, and libjpeg's warning
 * that data is missing counts as an error.
 *
 * @throws DetectError `image.corrupt` when whole scans are missing
 */
export function mendEnd(bytes: Uint8Array, { complete, isBuffered }: ScanSurvey): Decodable {
  if (!complete) throw corrupt(DAMAGE_DETAILS.jpegEndsEarly);
  let end = bytes.length;
  while (bytes[end - 1] === 0xff) end--;
  const start = bytes.subarray(0, end);
  const missingBytes = end < bytes.length ? 1 : END_MARKER.length;
  return isBuffered
    ? { bytes: concatBytes([start, END_MARKER]), failOn: 'warning', missingBytes }
    : { bytes: concatBytes([start, LOOKED_AHEAD]), failOn: 'error', missingBytes };
}

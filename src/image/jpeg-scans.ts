import { corrupt } from './blocks.ts';
import { u16be } from './bytes.ts';
import { EOI, isStandalone, SOS } from './jpeg.ts';

/**
 * The most scans that a JPEG may have. Progressive encoders write about ten. A scan can be a dozen bytes and still
 * costs the decoder a pass over all its blocks, some milliseconds at 4096 x 4096, so that a file within the limits
 * of size could otherwise keep it busy for minutes.
 */
export const MAX_SCANS = 100;

/**
 * Counts the scans up to the end marker, as the decoder would meet them; what cameras put behind it is not looked
 * at. About a tenth of a millisecond a megabyte.
 *
 * @param bytes a whole JPEG
 * @throws DetectError `image.corrupt` when there are more than {@link MAX_SCANS}
 */
export function checkScans(bytes: Uint8Array): void {
  let scans = 0;
  let at = bytes.indexOf(0xff, 2);
  while (at !== -1 && at + 3 < bytes.length) {
    const marker = bytes[at + 1];
    if (marker === EOI) return;
    if (marker === SOS && ++scans > MAX_SCANS) throw corrupt(`The JPEG has more than ${MAX_SCANS} scans.`);
    if (marker === 0xff) at += 1;
    else at += isStandalone(marker) ? 2 : 2 + u16be(bytes, at + 2);
    at = bytes.indexOf(0xff, at);
  }
}

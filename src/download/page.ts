/** Servers answer with pages where a picture should be: errors, log-ins, the page around the picture. */
import { foreignFormat } from '../core/image/foreign-format.ts';
import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';

/**
 * Refuses what is written for people or programs to read.
 *
 * @param bytes    the start of a body, or all of it
 * @param complete whether that is the whole body
 * @returns whether more bytes are needed to tell
 * @throws DetectError `download.not_image`
 */
export function refusePage(bytes: Uint8Array, complete: boolean): boolean {
  const format = foreignFormat(bytes, complete);
  if (format === 'undecided') return true;
  if (format?.isPage) {
    throw new DetectError('download.not_image', fill(DOWNLOAD_DETAILS.page, { name: format.name }));
  }
  return false;
}

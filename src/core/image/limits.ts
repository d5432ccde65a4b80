import { DetectError } from '../../errors.ts';
import type { ImageHeader } from '../inspection.ts';

/** A file must be smaller than this many bytes: one of exactly 10 MiB is refused (contract, section 1). */
export const MAX_BYTES = 10 * 1024 * 1024;
/** The longest edge that a picture may have, in stored pixels (contract, section 1). */
export const MAX_EDGE = 4096;
/** The most pixels that a picture within {@link MAX_EDGE} can have: nothing larger is ever decoded. */
export const MAX_PIXELS = MAX_EDGE * MAX_EDGE;
/** The most that the long edge may be of the short one (contract, section 1). */
export const MAX_ASPECT = 2;

/**
 * @param length size of the file in bytes
 * @throws DetectError `image.bytes`
 */
export function checkBytes(length: number): void {
  if (length < MAX_BYTES) return;
  throw new DetectError('image.bytes', `The file has ${length} bytes; it must have fewer than ${MAX_BYTES}.`);
}

/**
 * Judges the stored pixels; the limits are the same whichever way up the picture is.
 *
 * @throws DetectError `image.edge` (looked at first) or `image.aspect`
 */
export function checkDimensions({ width, height }: Pick<ImageHeader, 'width' | 'height'>): void {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long > MAX_EDGE) {
    throw new DetectError(
      'image.edge',
      `The picture is ${width} x ${height} pixels; its longest edge may have ${MAX_EDGE}.`,
    );
  }
  if (long > MAX_ASPECT * short) {
    const aspect = Math.ceil((long / short) * 100) / 100;
    throw new DetectError(
      'image.aspect',
      `The picture is ${width} x ${height} pixels: its long edge is ${aspect} times the short one; ${MAX_ASPECT} times is the most.`,
    );
  }
}

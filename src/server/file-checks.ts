/** What a file has to be before a worker looks at it. */
import { readHeader } from '../core/image/header.ts';
import {
  CONTRACT_LIMITS,
  checkBytes,
  checkDimensions,
  checkFormat,
  type ImageLimits,
} from '../core/image/limits.ts';

/**
 * Holds a whole file to what its size and its header may be.
 *
 * @throws DetectError `image.*`
 */
export function checkPicture(bytes: Uint8Array, limits: ImageLimits = CONTRACT_LIMITS): void {
  checkBytes(bytes.byteLength, limits);
  const header = readHeader(bytes, true);
  checkFormat(header, limits);
  checkDimensions(header, limits);
}

/**
 * An early look at a download: what is not a picture, or is too large, is cut off while it arrives.
 *
 * @returns false where its first bytes do not tell yet
 * @throws DetectError `image.*`
 */
export function mayBePicture(bytes: Uint8Array, limits: ImageLimits): boolean {
  const header = readHeader(bytes, false);
  if (header === null) return false;
  checkFormat(header, limits);
  checkDimensions(header, limits);
  return true;
}

import { DAMAGE_DETAILS, type Detail, DetectError, fill } from '../../errors.ts';

/**
 * The most segments (JPEG) or chunks (PNG, WebP) that a header is looked for in. Ten megabytes of metadata in
 * the largest possible JPEG segments are 160, and a long animated WebP has a few thousand; the limit keeps
 * millions of empty ones from costing more than a millisecond, each time that more bytes have arrived.
 */
export const MAX_BLOCKS = 16_384;

/** The error for a file with more than {@link MAX_BLOCKS} segments or chunks. */
export function tooManyBlocks(kind: string): DetectError {
  return new DetectError('image.corrupt', fill(DAMAGE_DETAILS.manyBlocks, { most: MAX_BLOCKS, kind }));
}

/** An `image.corrupt` error with its one sentence. */
export function corrupt(detail: Detail, options?: { cause?: unknown }): DetectError {
  return new DetectError('image.corrupt', detail, options);
}

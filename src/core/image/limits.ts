import { CORE_DETAILS, DetectError, type ErrorCode, fill } from '../../errors.ts';
import type { ImageFormat, ImageHeader } from '../inspection.ts';

/** A file must be smaller than this many bytes: one of exactly 10 MiB is refused (contract, section 1). */
export const MAX_BYTES = 10 * 1024 * 1024;
/** The longest edge that a picture may have, in stored pixels (contract, section 1). */
export const MAX_EDGE = 4096;
/** The most that the long edge may be of the short one (contract, section 1). */
export const MAX_ASPECT = 2;

/** The longest edge that any model's picture may have, in stored pixels. */
const LARGEST_EDGE = 7000;
/** The most pixels that any model's picture can have: nothing larger is ever decoded. */
export const MAX_PIXELS = LARGEST_EDGE * LARGEST_EDGE;

/** What a file has to be before anyone looks at what it shows. Edges are of the stored picture, in pixels. */
export interface ImageLimits {
  /** The short edge has so many at least. */
  readonly minEdge: number;
  /** The long edge has so many at most, and never more than {@link LARGEST_EDGE}. */
  readonly maxEdge: number;
  /** The long edge over the short one, at most. */
  readonly maxAspect: number;
  /** Of the file; it has fewer. */
  readonly maxBytes: number;
  readonly formats: readonly ImageFormat[];
  /** What is thrown for what is beyond its limit. */
  readonly codes: { readonly edge: ErrorCode; readonly aspect: ErrorCode; readonly bytes: ErrorCode };
}

/** LivePortrait's (contract, section 1), which hold wherever no others are named. */
export const CONTRACT_LIMITS: ImageLimits = {
  minEdge: 1,
  maxEdge: MAX_EDGE,
  maxAspect: MAX_ASPECT,
  maxBytes: MAX_BYTES,
  formats: ['jpeg', 'png', 'bmp', 'webp'],
  codes: { edge: 'image.edge', aspect: 'image.aspect', bytes: 'image.bytes' },
};

/**
 * @param length size of the file in bytes
 * @throws DetectError `image.bytes`, or what the limits name for it
 */
export function checkBytes(length: number, { maxBytes, codes }: ImageLimits = CONTRACT_LIMITS): void {
  if (length < maxBytes) return;
  throw new DetectError(codes.bytes, fill(CORE_DETAILS.bytes, { length, most: maxBytes }));
}

/** @throws DetectError `image.unsupported` for a format that the limits do not name */
export function checkFormat({ format }: Pick<ImageHeader, 'format'>, { formats }: ImageLimits): void {
  if (formats.includes(format)) return;
  throw new DetectError(
    'image.unsupported',
    fill(CORE_DETAILS.format, { format, formats: formats.join(', ') }),
  );
}

/**
 * Judges the stored pixels; the limits are the same whichever way up the picture is.
 *
 * @throws DetectError `image.edge` (looked at first) or `image.aspect`, or what the limits name for these
 */
export function checkDimensions(
  { width, height }: Pick<ImageHeader, 'width' | 'height'>,
  { minEdge, maxEdge, maxAspect, codes }: ImageLimits = CONTRACT_LIMITS,
): void {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long > Math.min(maxEdge, LARGEST_EDGE)) {
    throw new DetectError(codes.edge, fill(CORE_DETAILS.longEdge, { width, height, most: maxEdge }));
  }
  if (short < minEdge) {
    throw new DetectError(codes.edge, fill(CORE_DETAILS.shortEdge, { width, height, least: minEdge }));
  }
  if (long > maxAspect * short) {
    const aspect = Math.ceil((long / short) * 100) / 100;
    throw new DetectError(
      codes.aspect,
      fill(CORE_DETAILS.aspect, { width, height, aspect, most: maxAspect }),
    );
  }
}

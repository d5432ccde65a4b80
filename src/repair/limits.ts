/**
 * The limits of repairing. They are wider than those of inspecting, since what is over those is what there is to
 * repair; in their place the file is opened in a process of its own that is ended when it takes too long.
 */

/** A file of more bytes than this is not repaired: 64 MiB is a 48-megapixel photo as 24-bit TIFF, half full. */
export const MAX_REPAIR_BYTES = 64 * 1024 * 1024;
/** A picture of more pixels than this is not repaired: telephones go up to 50 megapixels, few cameras beyond 100. */
export const MAX_REPAIR_PIXELS = 100_000_000;
/** Longest work on one file, in milliseconds, from its opening to the repaired picture. */
export const REPAIR_LIMIT_MS = 30_000;
/** The most pixels that are searched for a face: a square of the contract's longest edge in full. */
export const LOOK_PIXELS = 4096 * 4096;
/** JavaScript heap of the process that opens a file, in MB; pixels live outside of it. */
export const READER_HEAP_MB = 256;

/**
 * Qualities in which a JPEG is tried, best first, until it is small enough; colours are kept at full size. The
 * last one, at half the size, is under 10 MiB even for noise of 4096 x 4096 pixels.
 */
export const JPEG_QUALITIES: readonly number[] = [95, 90, 80];

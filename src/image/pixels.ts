/** Decoded pixels: upright sRGB, 8 bits, three channels interleaved, rows from the top, no padding. */
export interface Pixels {
  /** width x height x 3 bytes: R, G, B. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of the upright picture as stored per decoded pixel, 1 or more, for each axis. */
  readonly scaleX: number;
  readonly scaleY: number;
}

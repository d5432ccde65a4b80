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

/** A decoded picture. */
export interface DecodedImage extends Pixels {
  /** Bytes that the file lacks at its end, though none of its pixels: those of a JPEG's end marker. */
  readonly missingBytes: number;
}

/** The picture to search: a first decoding, and a finer one for small faces. */
export interface PixelSource {
  readonly coarse: Pixels;
  /** Decodes finer, `scale` times if it can; null when `coarse` is as fine as it gets. */
  finer(scale: number): Promise<Pixels | null>;
  /** Size of the upright picture as stored, in pixels. */
  readonly width: number;
  readonly height: number;
}

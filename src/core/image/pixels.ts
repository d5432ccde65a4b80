/** Decoded rows of a picture, all of them or a band: upright sRGB, 8 bits, three channels interleaved, no padding. */
export interface PixelRows {
  /** Width x rows x 3 bytes: R, G, B. */
  readonly data: Uint8Array;
  /** Size of the whole picture, in decoded pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the upright picture as stored per decoded pixel, 1 or more, for each axis. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** The row that `data` begins with; the first one of the picture if left out. */
  readonly firstRow?: number | undefined;
}

/** A whole decoded picture. */
export interface Pixels extends PixelRows {
  /** width x height x 3 bytes: R, G, B, rows from the top. */
  readonly data: Uint8Array;
  readonly firstRow?: undefined;
}

/** A decoded picture. */
export interface DecodedImage extends Pixels {
  /** Bytes that the file lacks at its end, though none of its pixels: those of a JPEG's end marker. */
  readonly missingBytes: number;
}

/** A part of a picture from side to side: where it begins and ends, as shares of the height, 0 to 1. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** The picture to search: a first decoding, and a finer one for small faces. */
export interface PixelSource {
  readonly coarse: Pixels;
  /**
   * Decodes finer, `scale` times if it can; null when `coarse` is as fine as it gets.
   *
   * @param band what is needed of the picture; the rest of it may be left out
   */
  finer(scale: number, band: Band): Promise<PixelRows | null>;
  /** Size of the upright picture as stored, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Frees what finer pixels would be made of; nothing is asked for afterwards. */
  close?(): void;
}

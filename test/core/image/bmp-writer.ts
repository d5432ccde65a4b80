/** What a writer may choose; the rest follows from it. */
export interface BmpSpec {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** Size of the DIB header: 12, 16, 40, 52, 56, 64, 108 or 124. */
  readonly header?: number;
  readonly topDown?: boolean;
  /** 0 none, 1 RLE8, 2 RLE4, 3 bit fields, 6 bit fields with alpha. */
  readonly compression?: number;
  /** Masks of red, green, blue and alpha, written inside or behind the header. */
  readonly masks?: readonly number[];
  /** R, G, B of each palette entry. */
  readonly palette?: readonly Colour[];
  /** What the header says of the palette's length; 0 by default. */
  readonly coloursUsed?: number;
  /** Bytes between palette and pixels. */
  readonly gap?: number;
  /** The pixels as stored, rows in file order, without padding: added by {@link packRows}. */
  readonly pixels: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Writes a BMP, byte by byte. */
export function buildBmp(spec: BmpSpec): Buffer {
  const { width, height, bits, header = 40, compression = 0, masks = [], palette = [], gap = 0 } = spec;
  const isCore = header === 12;
  const masksBehind = header === 40 ? masks.length * 4 : 0;
  const entryBytes = isCore ? 3 : 4;
  const offset = 14 + header + masksBehind + palette.length * entryBytes + gap;
  const file = Buffer.alloc(offset + spec.pixels.length);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(offset, 10);
  file.writeUInt32LE(header, 14);
  if (isCore) {
    file.writeUInt16LE(width, 18);
    file.writeUInt16LE(height, 20);
    file.writeUInt16LE(1, 22);
    file.writeUInt16LE(bits, 24);
  } else {
    file.writeInt32LE(width, 18);
    file.writeInt32LE(spec.topDown ? -height : height, 22);
    file.writeUInt16LE(1, 26);
    file.writeUInt16LE(bits, 28);
  }
  if (header >= 40) {
    file.writeUInt32LE(compression, 30);
    file.writeUInt32LE(spec.pixels.length, 34);
    file.writeUInt32LE(spec.coloursUsed ?? 0, 46);
  }
  masks.forEach((mask, i) => {
    if (header === 40 || 40 + i * 4 < header) file.writeUInt32LE(mask >>> 0, 54 + i * 4);
  });
  // "sRGB" of V4 and V5: without it ImageMagick would look for a calibration.
  if (header >= 108) file.write('BGRs', 70, 'latin1');
  palette.forEach(([red, green, blue], i) => {
    file.set([blue, green, red], 14 + header + masksBehind + i * entryBytes);
  });
  file.set(spec.pixels, offset);
  return file;
}

/** Packs pixel values, whatever their width in bits, into rows padded to 4 bytes, in file order. */
export function packRows(
  width: number,
  height: number,
  bits: number,
  topDown: boolean,
  value: (x: number, y: number) => number,
): Uint8Array {
  const stride = Math.ceil((width * bits) / 32) * 4;
  const packed = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const stored = value(x, y);
      if (bits < 8) packed[row + ((x * bits) >> 3)] |= stored << (8 - bits - ((x * bits) & 7));
      else for (let i = 0; i < bits / 8; i++) packed[row + (x * bits) / 8 + i] = stored >>> (8 * i);
    }
  }
  return packed;
}

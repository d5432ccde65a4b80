import { DAMAGE_DETAILS } from '../../../errors.ts';
import { corrupt } from '../blocks.ts';
import { i32le, u16le, u32le } from '../bytes.ts';
import { type BmpLayout, FILE_HEADER_BYTES } from './header.ts';

/** Where the masks are, from the file's start: right behind the INFO header, or in the same place of newer ones. */
const MASKS_AT = FILE_HEADER_BYTES + 40;

const OPAQUE = 255;
/** Added before a sum is divided by {@link OPAQUE}: storing a byte cuts fractions off, and so rounds to the nearest. */
const HALF = 127;

/** The bits of one channel inside a pixel. */
interface Field {
  readonly mask: number;
  readonly shift: number;
  /** The channel's stored values as 8 bits; of wider fields only the top eight bits are looked up. */
  readonly levels: Uint8Array;
}

/** Red, green, blue, and alpha where a pixel has one. */
export interface Fields {
  readonly red: Field;
  readonly green: Field;
  readonly blue: Field;
  readonly alpha: Field | null;
}

/**
 * The fields of a pixel of 16 or 32 bits. Without bit fields these are 5-5-5 and 8-8-8, and no alpha: the fourth
 * byte of such a pixel is padding, whatever stands in it.
 *
 * @throws DetectError `image.corrupt` for masks that are cut off, overlap, have gaps or reach outside the pixel
 */
export function readFields(bytes: Uint8Array, layout: BmpLayout): Fields {
  const { bitsPerPixel } = layout;
  if (layout.masks === 0) {
    return fieldsOf(
      bitsPerPixel === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff],
      bitsPerPixel,
    );
  }
  if (MASKS_AT + layout.masks * 4 > bytes.length) throw corrupt(DAMAGE_DETAILS.bmpMasks);
  const masks = Array.from({ length: layout.masks }, (_, i) => u32le(bytes, MASKS_AT + i * 4));
  return fieldsOf(masks, bitsPerPixel);
}

function fieldsOf([red, green, blue, alpha = 0]: readonly number[], bitsPerPixel: number): Fields {
  let taken = 0;
  for (const mask of [red, green, blue, alpha]) {
    if ((taken & mask) !== 0) throw corrupt(DAMAGE_DETAILS.bmpMasksOverlap);
    if (bitsPerPixel === 16 && mask > 0xffff) throw corrupt(DAMAGE_DETAILS.bmpMasksOutside);
    taken |= mask;
  }
  return {
    red: fieldOf(red),
    green: fieldOf(green),
    blue: fieldOf(blue),
    alpha: alpha === 0 ? null : fieldOf(alpha),
  };
}

/** A mask of zero gives a channel that is always 0. */
function fieldOf(mask: number): Field {
  if (mask === 0) return { mask: 0, shift: 0, levels: new Uint8Array(1) };
  const low = 31 - Math.clz32(mask & -mask);
  const width = 32 - Math.clz32(mask) - low;
  const contiguous = width === 32 ? 0xffffffff : 2 ** width - 1;
  if (mask >>> low !== contiguous >>> 0) throw corrupt(DAMAGE_DETAILS.bmpMaskGaps);
  const bits = Math.min(width, 8);
  return { mask, shift: low + width - bits, levels: levelsOf(bits) };
}

/**
 * Values of `bits` bits as 8 bits, by repeating their bits downwards: 0 stays 0 and the largest becomes 255. It is
 * within 1 of the exact ratio, and what ImageMagick and graphics hardware do.
 */
function levelsOf(bits: number): Uint8Array {
  return Uint8Array.from({ length: 2 ** bits }, (_, value) => {
    let level = 0;
    for (let shift = 8 - bits; shift > -bits; shift -= bits) {
      level |= shift >= 0 ? value << shift : value >>> -shift;
    }
    return level;
  });
}

/**
 * Unpacks rows of 16- or 32-bit pixels to RGB. Where the masks hold alpha, and any pixel uses it, the picture is
 * laid on white; when alpha is 0 all over, which writers leave in by mistake, the picture is opaque.
 *
 * @param bytes  the whole file
 * @param rowAt  where row `y` of the picture, counted from its top, starts; the caller has checked that all rows fit
 * @param rgb    width x height x 3 bytes to write to
 */
export function unpackFields(
  bytes: Uint8Array,
  layout: BmpLayout,
  fields: Fields,
  rowAt: (y: number) => number,
  rgb: Uint8Array,
): void {
  const { width, height } = layout;
  const pixelBytes = layout.bitsPerPixel / 8;
  const read = pixelBytes === 2 ? u16le : i32le;
  const { red, green, blue } = fields;
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = rowAt(y);
    for (let x = 0; x < width; x++, from += pixelBytes, to += 3) {
      const pixel = read(bytes, from);
      rgb[to] = red.levels[(pixel & red.mask) >>> red.shift];
      rgb[to + 1] = green.levels[(pixel & green.mask) >>> green.shift];
      rgb[to + 2] = blue.levels[(pixel & blue.mask) >>> blue.shift];
    }
  }
  if (fields.alpha !== null) layOnWhite(bytes, layout, fields.alpha, rowAt, rgb);
}

function layOnWhite(
  bytes: Uint8Array,
  layout: BmpLayout,
  alpha: Field,
  rowAt: (y: number) => number,
  rgb: Uint8Array,
): void {
  const { width, height } = layout;
  const pixelBytes = layout.bitsPerPixel / 8;
  const read = pixelBytes === 2 ? u16le : i32le;
  const coverage = new Uint8Array(width * height);
  let any = 0;
  for (let y = 0, to = 0; y < height; y++) {
    let from = rowAt(y);
    for (let x = 0; x < width; x++, from += pixelBytes, to++) {
      coverage[to] = alpha.levels[(read(bytes, from) & alpha.mask) >>> alpha.shift];
      any |= coverage[to];
    }
  }
  if (any === 0) return;
  for (let i = 0, to = 0; i < coverage.length; i++, to += 3) {
    const a = coverage[i];
    if (a === OPAQUE) continue;
    const white = OPAQUE * (OPAQUE - a) + HALF;
    rgb[to] = (rgb[to] * a + white) / OPAQUE;
    rgb[to + 1] = (rgb[to + 1] * a + white) / OPAQUE;
    rgb[to + 2] = (rgb[to + 2] * a + white) / OPAQUE;
  }
}

import { BitReader, PrefixCode, Unreadable } from './vp8l-bits.ts';

const TRANSFORM = { predictor: 0, colour: 1, subtractGreen: 2, indexing: 3 } as const;
/** A transform may be used once. */
const MOST_TRANSFORMS = 4;
/** Symbols for a level of green: levels, then lengths of copies, then places in the cache of colours. */
const LEVELS = 256;
const LENGTHS = 24;
const DISTANCES = 40;

/**
 * How many groups of prefix codes a lossless picture has (RFC 9649, 3.7.2.2): 1 where all of it uses the same. libwebp
 * builds the tables of all that are used before it reads a pixel; in the file a group can be 20 bits.
 *
 * The groups are numbered by a small picture of their own. It and those before it, which serve the transforms, are read
 * without being decoded: a copied or a cached pixel has a number that has been seen before.
 *
 * @param start where the stream starts, behind its header of five bytes
 * @param end   where it ends
 * @returns null for a stream that cannot be followed, and is not decoded either
 */
export function countCodeGroups(
  bytes: Uint8Array,
  { start, end, width, height }: { start: number; end: number; width: number; height: number },
): number | null {
  const reader = new BitReader(bytes, start, end);
  try {
    const across = skipTransforms(reader, width, height);
    if (reader.read(1) === 1) reader.read(4);
    if (reader.read(1) === 0) return 1;
    const bits = reader.read(3) + 2;
    return readPicture(reader, tiles(across, bits) * tiles(height, bits)) + 1;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

function tiles(pixels: number, bits: number): number {
  return (pixels + (1 << bits) - 1) >> bits;
}

/** @returns the width of the picture that is left: of up to 16 colours, several pixels become one */
function skipTransforms(reader: BitReader, width: number, height: number): number {
  let across = width;
  for (let count = 0; reader.read(1) === 1; count++) {
    if (count === MOST_TRANSFORMS) throw new Unreadable();
    const kind = reader.read(2);
    if (kind === TRANSFORM.predictor || kind === TRANSFORM.colour) {
      const bits = reader.read(3) + 2;
      readPicture(reader, tiles(across, bits) * tiles(height, bits));
    } else if (kind === TRANSFORM.indexing) {
      const colours = reader.read(8) + 1;
      readPicture(reader, colours);
      across = tiles(across, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3);
    }
  }
  return across;
}

/**
 * Passes over a picture that serves another: its codes, and as many pixels (RFC 9649, 3.5 and 3.6).
 *
 * @returns the largest number that a pixel makes of its red and its green
 */
function readPicture(reader: BitReader, pixels: number): number {
  const cacheBits = reader.read(1) === 1 ? reader.read(4) : 0;
  const green = PrefixCode.read(reader, LEVELS + LENGTHS + (cacheBits > 0 ? 1 << cacheBits : 0));
  const [red, blue, alpha] = [LEVELS, LEVELS, LEVELS].map((size) => PrefixCode.read(reader, size));
  const distance = PrefixCode.read(reader, DISTANCES);
  const isConstant = [green, red, blue, alpha].every((code) => code.isConstant);
  let largest = 0;
  for (let left = pixels; left > 0; ) {
    const symbol = green.symbol(reader);
    if (symbol < LEVELS) {
      largest = Math.max(largest, (red.symbol(reader) << 8) | symbol);
      if (isConstant) break;
      blue.symbol(reader);
      alpha.symbol(reader);
      left--;
    } else if (symbol < LEVELS + LENGTHS) {
      left -= readPrefixed(reader, symbol - LEVELS);
      readPrefixed(reader, distance.symbol(reader));
    } else {
      left--;
    }
  }
  return largest;
}

/** A number that is told by its size and some more bits (RFC 9649, 3.6.2.2). */
function readPrefixed(reader: BitReader, prefix: number): number {
  if (prefix < 4) return prefix + 1;
  const bits = (prefix - 2) >> 1;
  return ((2 + (prefix & 1)) << bits) + reader.read(bits) + 1;
}

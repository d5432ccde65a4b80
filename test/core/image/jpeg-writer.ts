/** Whole JPEGs, written segment by segment: what no encoder writes, and a decoder must still be ready for. */
import { segment } from './header-writer.ts';

/** Sampling factors of a component, across and down. */
export type Sampling = readonly [number, number];

/** A scan: its components by their index, its band of coefficients, its bits, and its entropy-coded data. */
export interface Scan {
  readonly components?: readonly number[];
  /** First and last coefficient, in zigzag order. */
  readonly band?: readonly [number, number];
  /** Bit planes: the one before and this one. */
  readonly bits?: readonly [number, number];
  readonly data?: Uint8Array;
}

const START = Buffer.from([0xff, 0xd8]);
/** The end marker. */
export const END = Buffer.from([0xff, 0xd9]);

/** A table of Huffman codes, all of the same length; class 0 is for DC, 1 for AC. */
export function huffman(kind: 0 | 1, length: number, symbols: readonly number[], id = 0): Buffer {
  const counts = new Array(16).fill(0);
  counts[length - 1] = symbols.length;
  return segment(0xc4, Buffer.from([(kind << 4) | id, ...counts, ...symbols]));
}

/** All quantizers 1. */
export const QUANTIZERS = segment(0xdb, Buffer.from([0, ...new Array(64).fill(1)]));

/** A frame header. */
export function frameOf(
  marker: number,
  width: number,
  height: number,
  samplings: readonly Sampling[],
  precision = 8,
): Buffer {
  const body = Buffer.from([
    precision,
    ...[height >> 8, height & 255, width >> 8, width & 255, samplings.length],
    ...samplings.flatMap(([across, down], i) => [i + 1, (across << 4) | down, 0]),
  ]);
  return segment(marker, body);
}

/** A scan's header and its data. */
export function scanOf({ components = [0], band = [0, 63], bits = [0, 0], data }: Scan): Buffer {
  const selected = components.flatMap((index) => [index + 1, 0]);
  const header = Buffer.from([components.length, ...selected, ...band, (bits[0] << 4) | bits[1]]);
  return Buffer.concat([segment(0xda, header), data ?? Buffer.alloc(0)]);
}

/** A restart interval, in units of the scan. */
export function restartInterval(units: number): Buffer {
  return segment(0xdd, Buffer.from([units >> 8, units & 255]));
}

/** A whole JPEG of these parts. */
export function jpegOf(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([START, QUANTIZERS, ...parts, END]);
}

/** DC codes "no change" and AC codes "16,384 blocks without more", each of one bit: all data is zeros. */
export const EMPTY_TABLES = Buffer.concat([huffman(0, 1, [0]), huffman(1, 1, [0xe0])]);

/** A DC scan of nothing but "no change", for this many blocks. */
export function emptyDc(blocks: number, components: readonly number[] = [0]): Buffer {
  return scanOf({ components, band: [0, 0], data: Buffer.alloc(Math.ceil(blocks / 8)) });
}

/**
 * Scans of a few bytes that take the decoder through every coefficient of every block: the bits of all AC
 * coefficients one by one, from the highest down, and again from the start.
 */
export function refinements(count: number, blocks: number, component = 0): Buffer[] {
  const data = Buffer.alloc(Math.ceil((15 * Math.ceil(blocks / 16_384)) / 8));
  const planes = 14;
  return Array.from({ length: count }, (_, i) => {
    const plane = planes - 1 - (i % planes);
    const before = i % planes === 0 ? 0 : plane + 1;
    return scanOf({ components: [component], band: [1, 63], bits: [before, plane], data });
  });
}

/** A whole progressive JPEG, grey all over, of a DC scan and these many others, with something between them. */
export function manyScans(edge: number, scans: number, between: Uint8Array = Buffer.alloc(0)): Buffer {
  const blocks = Math.ceil(edge / 8) ** 2;
  return jpegOf(
    frameOf(0xc2, edge, edge, [[1, 1]]),
    EMPTY_TABLES,
    emptyDc(blocks),
    Buffer.concat(refinements(scans, blocks).flatMap((scan) => [scan, between])),
  );
}

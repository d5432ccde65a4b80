/** The bits of a scan, and the blocks that they hold (ITU-T T.81, F.2.2). */

import {
  FIRST_NUMBER,
  FIRST_TAKEN,
  findAc,
  findEntry,
  LONGER,
  LOOK,
  SECOND_ADVANCE,
  SECOND_NUMBER,
  TAKEN,
  TO_THE_END,
} from './huffman';
import { allocate } from './memory';

/** Coefficients of a block. */
const COEFFICIENTS: i32 = 64;
const INDEX: usize = (1 << LOOK) - 1;
/** How often a table is looked into before bits are taken: five times 11 of 56. */
const LOOKS: i32 = 5;
/** A DC coefficient is 1024 at most, and what rounding adds. From twice of that on, decoders differ in what they make of it. */
const LARGEST_DC: i32 = 2048;

/** The next bits, the first one lowest. */
let bits: u64 = 0;
/** How many of them there are for sure. What lies above them are the next ones too, and is read once more. */
let count: i32 = 0;
let next: usize = 0;

/** Where the coefficient that comes k-th lies in a block, in bytes: first those that change least. */
const ZIGZAG: usize = memory.data<u8>([
  0, 2, 16, 32, 18, 4, 6, 20, 34, 48, 64, 50, 36, 22, 8, 10, 24, 38, 52, 66, 80, 96, 82, 68, 54, 40, 26, 12,
  14, 28, 42, 56, 70, 84, 98, 112, 114, 100, 86, 72, 58, 44, 30, 46, 60, 74, 88, 102, 116, 118, 104, 90, 76,
  62, 78, 92, 106, 120, 122, 108, 94, 110, 124, 126,
]);

/** The block that has been read: 64 coefficients of 16 bits, by rows. */
export const BLOCK: usize = memory.data(128, 16);

/**
 * For each coefficient, in the order in which they come: what it is multiplied by, and above that where it goes, 16 bits each.
 *
 * @param quantizers a byte each
 */
export function makePlaces(quantizers: usize): usize {
  const places = allocate(COEFFICIENTS * 4);
  for (let k = 0; k < COEFFICIENTS; k++) {
    const at = <u32>(BLOCK + load<u8>(ZIGZAG + k));
    store<u32>(places + k * 4, (at << 16) | load<u8>(quantizers + k));
  }
  return places;
}

/** Begins to read at a byte. */
export function readFrom(at: usize): void {
  bits = 0;
  count = 0;
  next = at;
}

/** How many bits have been read since `start`. */
export function bitsSince(start: usize): i32 {
  return <i32>(next - start) * 8 - count;
}

/**
 * Reads a block, all of whose coefficients are 0 before.
 *
 * @param places  see {@link makePlaces}
 * @param dcTable see `makeTable`; and `acTable`
 * @param dc      the DC coefficient of the block before, as it is coded; this one's is coded as the difference
 * @returns how many coefficients there are up to the last one that may differ from 0, and above the lowest 8 bits this block's DC
 *   coefficient; -1 for what no encoder writes
 */
export function readBlock(places: usize, dcTable: usize, acTable: usize, dc: i32): i32 {
  let b = bits | (load<u64>(next) << count);
  let at = next + ((63 - count) >> 3);
  let n = count | 56;
  let entry = load<i32>(dcTable + entryOf(b));
  if ((entry & LONGER) !== 0) {
    entry = findEntry(dcTable, entry, b, true);
    if (entry === 0) return -1;
  }
  b >>= entry;
  n -= entry & TAKEN;
  dc += entry >> 16;
  const scaled = dc * <i32>load<u16>(places);
  if (abs(scaled) > LARGEST_DC) return -1;
  store<i16>(BLOCK, <i16>scaled);

  b |= load<u64>(at) << n;
  at += (63 - n) >> 3;
  n |= 56;
  let k = 1;
  let left = LOOKS;
  for (;;) {
    let before = b;
    let ac = load<u64>(acTable + ((<usize>b & INDEX) << 3));
    if ((ac & LONGER) !== 0) {
      b |= load<u64>(at) << n;
      at += (63 - n) >> 3;
      n |= 56;
      left = 1;
      before = b;
      ac = findAc(acTable, <i32>ac, b);
      if (ac === 0) return -1;
    }
    b >>= ac;
    k += <i32>(ac >> 8) & 255;
    if (k >= COEFFICIENTS) {
      // What is behind the last coefficient is another block's.
      const taken = <i32>(ac >> FIRST_TAKEN) & TAKEN;
      b = before >> taken;
      n -= taken;
      if (k === COEFFICIENTS) storeAc(places, k, <i32>(ac >> FIRST_NUMBER));
      break;
    }
    n -= <i32>ac & TAKEN;
    storeAc(places, k, <i32>(ac >> FIRST_NUMBER));
    k += <i32>(ac >> SECOND_ADVANCE) & 255;
    if (k > COEFFICIENTS) break;
    storeAc(places, k, <i32>(ac >> SECOND_NUMBER));
    if (k === COEFFICIENTS) break;

    if (--left === 0) {
      b |= load<u64>(at) << n;
      at += (63 - n) >> 3;
      n |= 56;
      left = LOOKS;
    }
  }
  bits = b;
  count = n;
  next = at;
  if (k > COEFFICIENTS) {
    k -= TO_THE_END;
    if (k < 0) return -1;
  }
  return k | (dc << 8);
}

function entryOf(bits: u64): usize {
  return (<usize>bits & INDEX) << 2;
}

function storeAc(places: usize, k: i32, value: i32): void {
  const place = load<u32>(places + (k << 2) - 4);
  store<i16>(place >> 16, <i16>(value * <i32>place));
}

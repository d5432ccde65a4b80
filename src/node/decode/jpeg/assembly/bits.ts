/** Bits of a scan, and the blocks that they hold (ITU-T T.81, F.2.2). */
import {
  FIRST_NUMBER,
  FIRST_TAKEN,
  findEntry,
  findOther,
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
/** So often a table is looked into before bits are taken: five times 11 of 56. */
const LOOKS: i32 = 5;
/** Means are at most 1024, and what rounding adds. From twice of that on, decoders differ in what they make of them. */
const LARGEST_MEAN: i32 = 2048;

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
 * @param steps what they are multiplied by, a byte each
 */
export function makePlaces(steps: usize): usize {
  const places = allocate(COEFFICIENTS * 4);
  for (let k = 0; k < COEFFICIENTS; k++) {
    const at = <u32>(BLOCK + load<u8>(ZIGZAG + k));
    store<u32>(places + k * 4, (at << 16) | load<u8>(steps + k));
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
 * @param places see {@link makePlaces}
 * @param means  the table of means; `others` of all other coefficients
 * @param mean   the mean of the block before, as it is stored
 * @returns how many coefficients there are up to the last one that may differ from 0, and above the lowest 8 bits the mean; -1 for what no
 *   encoder writes
 */
export function readBlock(places: usize, means: usize, others: usize, mean: i32): i32 {
  let b = bits | (load<u64>(next) << count);
  let at = next + ((63 - count) >> 3);
  let n = count | 56;
  let entry = load<i32>(means + entryOf(b));
  if ((entry & LONGER) !== 0) {
    entry = findEntry(means, entry, b, true);
    if (entry === 0) return -1;
  }
  b >>= entry;
  n -= entry & 63;
  mean += entry >> 16;
  const scaled = mean * <i32>load<u16>(places);
  if (abs(scaled) > LARGEST_MEAN) return -1;
  store<i16>(BLOCK, <i16>scaled);

  b |= load<u64>(at) << n;
  at += (63 - n) >> 3;
  n |= 56;
  let k = 1;
  let left = LOOKS;
  for (;;) {
    let before = b;
    let other = load<u64>(others + ((<usize>b & INDEX) << 3));
    if ((other & LONGER) !== 0) {
      b |= load<u64>(at) << n;
      at += (63 - n) >> 3;
      n |= 56;
      left = 1;
      before = b;
      other = findOther(others, <i32>other, b);
      if (other === 0) return -1;
    }
    b >>= other;
    k += <i32>(other >> 8) & 255;
    if (k >= COEFFICIENTS) {
      // What is behind the last coefficient is another block's.
      const taken = <i32>(other >> FIRST_TAKEN) & TAKEN;
      b = before >> taken;
      n -= taken;
      if (k === COEFFICIENTS) storeOther(places, k, <i32>(other >> FIRST_NUMBER));
      break;
    }
    n -= <i32>other & TAKEN;
    storeOther(places, k, <i32>(other >> FIRST_NUMBER));
    k += <i32>(other >> SECOND_ADVANCE) & 255;
    if (k > COEFFICIENTS) break;
    storeOther(places, k, <i32>(other >> SECOND_NUMBER));
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
  return k | (mean << 8);
}

function entryOf(bits: u64): usize {
  return (<usize>bits & INDEX) << 2;
}

function storeOther(places: usize, k: i32, value: i32): void {
  const place = load<u32>(places + (k << 2) - 4);
  store<i16>(place >> 16, <i16>(value * <i32>place));
}

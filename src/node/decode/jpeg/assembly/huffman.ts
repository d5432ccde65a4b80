/** Huffman codes (ITU-T T.81, annexes C and F.2.2): a table in which most codes are found with the bits behind them. */
import { allocate } from './memory';

/** How many bits are looked up at once: 11 hold 98 of 100 codes with their values. */
export const LOOK: i32 = 11;
const LONGEST: i32 = 16;
const ENTRIES: i32 = 1 << LOOK;

/** Behind a table's entries is what is needed for longer codes: see {@link findEntry}. */
const LIMITS: usize = <usize>ENTRIES * 4;
const OFFSETS: usize = LIMITS + (LONGEST + 1) * 4;
const SYMBOLS: usize = OFFSETS + (LONGEST + 1) * 4;
const MOST_SYMBOLS: i32 = 256;

/**
 * An entry of a table says how many bits the code and its coefficient take (the lowest six bits), how many coefficients further on that one is,
 * its run of zeros included (the second byte), and what it is (the upper half). With the bit LONGER, it says only that they have more bits
 * than are looked up.
 */
export const LONGER: i32 = 0x80;
export const TAKEN: i32 = 63;
/**
 * An entry of an AC table has two coefficients, where both fit. From the lowest byte on: the bits of both; how many coefficients further on
 * the first one is, and from there the second one; the bits of the first one alone. Then the two coefficients, 16 bits each. Where
 * there is no second one, the first is there twice.
 */
export const SECOND_ADVANCE: u64 = 16;
export const FIRST_TAKEN: u64 = 24;
export const FIRST_NUMBER: u64 = 32;
export const SECOND_NUMBER: u64 = 48;
const PAIRS: usize = <usize>ENTRIES * 8;

/** How many coefficients further on the end of a block counts as: more than any run comes to. */
export const TO_THE_END: i32 = 128;

/** The most bits of a coefficient in a baseline JPEG: of the difference of two DC coefficients, and of an AC coefficient. */
const DC_BITS: i32 = 11;
const AC_BITS: i32 = 10;

/**
 * Makes a table.
 *
 * @param spec    how many codes there are of each length, 1 to 16, and then their symbols
 * @param isDc whether it is for DC coefficients, whose symbols have no runs of zeros
 * @returns where it is; 0 when these are not the codes of a baseline JPEG
 */
export function makeTable(spec: usize, isDc: bool): usize {
  if (isDc) return makeSingles(allocate(SYMBOLS + MOST_SYMBOLS), spec, true);
  const table = allocate(PAIRS + SYMBOLS + MOST_SYMBOLS);
  const singles = makeSingles(table + PAIRS, spec, false);
  if (singles === 0) return 0;
  for (let i = 0; i < ENTRIES; i++) {
    const first = load<i32>(singles + (i << 2));
    store<u64>(table + (i << 3), (first & LONGER) !== 0 ? first : pairOf(first, singles, i));
  }
  return table;
}

/** The entry of an AC table for a coefficient, and for the one behind it if its bits are all there. */
function pairOf(first: i32, singles: usize, bits: i32): u64 {
  const taken = first & TAKEN;
  const second = load<i32>(singles + ((bits >> taken) << 2));
  const both = taken + (second & TAKEN);
  const isWhole = (second & LONGER) === 0 && both <= LOOK && ((first >> 8) & 255) !== TO_THE_END;
  if (!isWhole) return onlyOne(first);
  const low = both | (first & 0xff00) | ((second & 0xff00) << 8) | (taken << 24);
  return <u64>(<u32>low) | ((<u64>(<u32>((first >>> 16) | (second & ~0xffff)))) << 32);
}

/** The entry of an AC table for one coefficient. */
function onlyOne(single: i32): u64 {
  const taken = single & TAKEN;
  const low = taken | (single & 0xff00) | (taken << 24);
  return <u64>(<u32>low) | ((<u64>(<u32>((single >>> 16) | (single & ~0xffff)))) << 32);
}

/** @returns `table`; 0 when these are not the codes of a baseline JPEG */
function makeSingles(table: usize, spec: usize, isDc: bool): usize {
  for (let i = 0; i < ENTRIES; i++) store<i32>(table + (i << 2), LONGER | (LOOK + 1));
  let code = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST; length++) {
    const count = <i32>load<u8>(spec + length - 1);
    // A code of ones alone is not allowed.
    if (count > 0 && (code + count >= 1 << length || index + count > MOST_SYMBOLS)) return 0;
    store<i32>(table + OFFSETS + (length << 2), index - code);
    for (let i = 0; i < count; i++, code++, index++) {
      const symbol = <i32>load<u8>(spec + LONGEST + index);
      if ((isDc ? symbol - DC_BITS : (symbol & 15) - AC_BITS) > 0) return 0;
      store<u8>(table + SYMBOLS + index, <u8>symbol);
      fillEntries(table, code, length, symbol, isDc);
    }
    store<u32>(table + LIMITS + (length << 2), code << (LONGEST - length));
    code <<= 1;
  }
  return table;
}

/** All entries that begin with a code. The first bit of a code is the lowest one of an index. */
function fillEntries(table: usize, code: i32, length: i32, symbol: i32, isDc: bool): void {
  if (length > LOOK) return;
  const bits = isDc ? symbol : symbol & 15;
  const taken = length + bits;
  const start = reverse(code, length);
  if (taken > LOOK) {
    for (let i = start; i < ENTRIES; i += 1 << length) store<i32>(table + (i << 2), LONGER | length);
    return;
  }
  const way = taken | (advanceOf(symbol, isDc) << 8);
  for (let raw = 0; raw < 1 << bits; raw++) {
    const entry = way | (extend(raw, bits) << 16);
    const first = start | (reverse(raw, bits) << length);
    for (let i = first; i < ENTRIES; i += 1 << taken) store<i32>(table + (i << 2), entry);
  }
}

function advanceOf(symbol: i32, isDc: bool): i32 {
  if (isDc) return 0;
  const run = symbol >> 4;
  // A run without a coefficient is sixteen zeros where it is the longest (ZRL), and otherwise the end of the block (EOB).
  return (symbol & 15) !== 0 || run === 15 ? run + 1 : TO_THE_END;
}

/** What some bits stand for: with a 0 in front, a negative number (T.81, F.2.2.1, EXTEND). */
function extend(raw: i32, bits: i32): i32 {
  return bits !== 0 && raw >> (bits - 1) === 0 ? raw - (1 << bits) + 1 : raw;
}

/** Up to 16 bits, the last one first. */
function reverse(bits: i32, count: i32): i32 {
  bits = ((bits & 0x5555) << 1) | ((bits >> 1) & 0x5555);
  bits = ((bits & 0x3333) << 2) | ((bits >> 2) & 0x3333);
  bits = ((bits & 0x0f0f) << 4) | ((bits >> 4) & 0x0f0f);
  return (((bits & 0xff) << 8) | (bits >> 8)) >> (LONGEST - count);
}

/**
 * The entry of what a table's entries have too few bits for.
 *
 * @param entry the one that says so
 * @param bits  the next bits, the first one lowest
 * @returns 0 when there is no such code
 */
export function findEntry(table: usize, entry: i32, bits: u64, isDc: bool): i32 {
  const next = <u32>reverse(<i32>bits & 0xffff, LONGEST);
  let length = entry & TAKEN;
  while (next >= load<u32>(table + LIMITS + (length << 2))) if (++length > LONGEST) return 0;
  const index = load<i32>(table + OFFSETS + (length << 2)) + <i32>(next >> (LONGEST - length));
  const symbol = <i32>load<u8>(table + SYMBOLS + index);
  const count = isDc ? symbol : symbol & 15;
  const raw = reverse(<i32>(bits >> length) & ((1 << count) - 1), count);
  return (length + count) | (advanceOf(symbol, isDc) << 8) | (extend(raw, count) << 16);
}

/** The same of an AC table. */
export function findAc(table: usize, entry: i32, bits: u64): u64 {
  const single = findEntry(table + PAIRS, entry, bits, false);
  return single === 0 ? 0 : onlyOne(single);
}

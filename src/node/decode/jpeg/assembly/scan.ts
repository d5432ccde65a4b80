/** The data of a scan: without the zeros that are stuffed behind each 0xff, divided at restarts, the first bit of a byte lowest. */
import { allocate } from './memory';

const VECTOR: usize = 16;
const EOI: i32 = 0xd9;
const RST0: i32 = 0xd0;

/** Bytes of a restart interval's entry: where it begins, and how many bytes of data it has. */
export const INTERVAL: usize = 8;

/**
 * Takes out what is stuffed, divides data into its restart intervals, and turns the bits of each byte around, so that the first
 * one is lowest. It is done in place.
 *
 * @param data  64 bytes behind it can be read and written
 * @param count restart intervals that there must be
 * @returns where the intervals' entries are; 0 when there are others, or the data does not end with the end of the picture
 */
export function divide(data: usize, end: usize, count: i32): usize {
  const intervals = allocate(count * INTERVAL);
  let at = data;
  let to = data;
  for (let interval = 0; interval < count; interval++) {
    const start = to;
    for (;;) {
      const run = untilMarker(at, end);
      // What lies behind the end is of another picture.
      if (run + 1 >= end) return 0;
      to = move(to, at, run);
      const code = <i32>load<u8>(run + 1);
      at = run + 2;
      if (code === 0) {
        store<u8>(to++, 0xff);
        continue;
      }
      if (code !== (interval === count - 1 ? EOI : RST0 + (interval & 7))) return 0;
      break;
    }
    store<u32>(intervals + interval * INTERVAL, <u32>start);
    store<u32>(intervals + interval * INTERVAL, <u32>(to - start), 4);
  }
  turnBytes(data, to);
  return intervals;
}

/** Moves bytes to where they are wanted, and gives where those end. Data that is made to be slow has only a few at a time. */
function move(to: usize, from: usize, end: usize): usize {
  if (end - from >= VECTOR) {
    memory.copy(to, from, end - from);
    return to + end - from;
  }
  while (from < end) store<u8>(to++, load<u8>(from++));
  return to;
}

/** Where the next 0xff is; `end` when there is none. */
function untilMarker(at: usize, end: usize): usize {
  const marker = i8x16.splat(-1);
  for (; at < end; at += VECTOR) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), marker));
    if (found !== 0) return min<usize>(end, at + ctz(found));
  }
  return end;
}

/** Turns the bits of each byte around. */
function turnBytes(from: usize, to: usize): void {
  const turned = i8x16(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15);
  const shifted = i8x16.shl(turned, 4);
  const four = i8x16.splat(15);
  for (let at = from; at < to; at += VECTOR) {
    const bytes = v128.load(at);
    const low = i8x16.swizzle(shifted, v128.and(bytes, four));
    const high = i8x16.swizzle(turned, i8x16.shr_u(bytes, 4));
    v128.store(at, v128.or(low, high));
  }
}

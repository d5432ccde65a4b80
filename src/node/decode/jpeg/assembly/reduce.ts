/**
 * Smaller pictures, as libvips makes them with its "linear" kernel, to the same pixel: an output pixel is a sum of those around its middle, whose
 * weights fall evenly towards both sides, over as many pixels as one output pixel is wide. Rows are added up first.
 */
import { allocate } from './memory';

/** Pixels that an output pixel is made of, at most. */
const TAPS: i32 = 8;
/** Bytes of an output pixel's entry: its first pixel, so that it is aligned, and its weights. */
const ENTRY: usize = 32;
const WEIGHTS: usize = 16;
/** Weights add up to 2^12. */
const SHIFT: i32 = 12;
/** Middles are at 64ths of a pixel. */
const PLACES: f64 = 64;
const PIXEL: usize = 3;
/** Rows that libvips makes at a time. */
export const STRIP: i32 = 10;

/**
 * The entries of an axis.
 *
 * @param strip output pixels, or rows, whose places are counted from one to the next: {@link STRIP} rows, all pixels of a row
 */
export function makeEntries(length: i32, outLength: i32, strip: i32): usize {
  const entries = allocate(outLength * ENTRY);
  // The same steps as sharp's and libvips's, so that the same is rounded away: it decides which of two 64ths a middle goes to, and which
  // of two whole numbers a weight. sharp tells the scale; of what the steps add up to beyond the picture, half goes before it.
  const step = 1 / (1 / (<f64>length / <f64>outLength));
  const beyond = <f64>outLength * step - <f64>length;
  let middle: f64 = 0;
  for (let i = 0; i < outLength; i++, middle += step) {
    if (i % strip === 0) middle = (<f64>i + 0.5) * step - 0.5 - ((1 + beyond) / 2 - 1);
    fillEntry(entries + i * ENTRY, middle, step);
  }
  return entries;
}

/** @param exact the middle of what an output pixel covers, counted from the first pixel's edge */
function fillEntry(entry: usize, exact: f64, step: f64): void {
  const middle = Math.floor(exact * PLACES + 0.5) / PLACES - 0.5;
  const first = <i32>Math.ceil(middle - step);
  let sum: f64 = 0;
  for (let tap = 0; tap < TAPS; tap++) sum += weightOf(first + tap, middle, step);
  store<i32>(entry, first);
  for (let tap = 0; tap < TAPS; tap++) {
    const share = (weightOf(first + tap, middle, step) / sum) * <f64>(1 << SHIFT);
    store<i16>(entry + WEIGHTS + tap * 2, <i16>share);
  }
}

function weightOf(pixel: i32, middle: f64, step: f64): f64 {
  return Math.max(0, 1 - Math.abs(<f64>pixel - middle) / step);
}

/** The first of the pixels that an output pixel is made of; it may be outside of the picture. */
export function firstOf(entries: usize, i: i32): i32 {
  return load<i32>(entries + i * ENTRY);
}

/** How many pixels of an axis an output pixel is made of: an even number, 4 or more. */
export function tapsOf(step: f64): i32 {
  return (<i32>Math.floor(2 * step) + 2) & ~1;
}

/**
 * Adds up rows.
 *
 * @param rows   where they are, `taps` pointers
 * @param bytes  of a row
 */
export function reduceRows(entries: usize, v: i32, rows: usize, taps: i32, bytes: i32, out: usize): void {
  const weights = entries + v * ENTRY + WEIGHTS;
  const half = i32x4.splat(1 << (SHIFT - 1));
  for (let x = 0; x < bytes; x += 16) {
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    for (let tap = 0; tap < taps; tap += 2) {
      const upper = v128.load(load<u32>(rows + tap * 4) + x);
      const lower = v128.load(load<u32>(rows + tap * 4, 4) + x);
      const weight = v128.load32_splat(weights + tap * 2);
      // Bytes of both rows side by side: a lane of 16 bits has one of the upper row and one of the lower.
      const first = lowBytes(upper, lower);
      const second = highBytes(upper, lower);
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(first), weight));
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(first), weight));
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(second), weight));
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(second), weight));
    }
    const left = i16x8.narrow_i32x4_s(i32x4.shr_s(a, SHIFT), i32x4.shr_s(b, SHIFT));
    const right = i16x8.narrow_i32x4_s(i32x4.shr_s(c, SHIFT), i32x4.shr_s(d, SHIFT));
    v128.store(out + x, i8x16.narrow_i16x8_u(left, right));
  }
}

function lowBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function highBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/**
 * Adds up pixels of a row. Beside it lie its first and its last pixel some times more.
 *
 * @param step bytes from one output pixel to the next one
 */
export function reduceRow(entries: usize, count: i32, taps: i32, row: usize, out: usize, step: i32): void {
  const half = i32x4.splat(1 << (SHIFT - 1));
  for (let u = 0; u < count; u++, entries += ENTRY, out += step) {
    const at = row + load<i32>(entries) * PIXEL;
    let sum = i32x4.add(half, i32x4.add(weighted(at, entries), weighted(at + 2 * PIXEL, entries + 4)));
    for (let tap = 4; tap < taps; tap += 2) {
      sum = i32x4.add(sum, weighted(at + tap * PIXEL, entries + tap * 2));
    }
    const words = i16x8.narrow_i32x4_s(i32x4.shr_s(sum, SHIFT), half);
    const pixel = i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
    store<u16>(out, <u16>pixel);
    store<u8>(out, <u8>(pixel >> 16), 2);
  }
}

/** Red, green and blue of two pixels that lie side by side, times their weights. */
function weighted(at: usize, entry: usize): v128 {
  const bytes = v128.load64_zero(at);
  const pairs = i8x16.shuffle(bytes, bytes, 0, 15, 3, 15, 1, 15, 4, 15, 2, 15, 5, 15, 15, 15, 15, 15);
  return i32x4.dot_i16x8_s(pairs, v128.load32_splat(entry + WEIGHTS));
}

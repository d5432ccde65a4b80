/** Rows of red, green and blue out of rows of luma and two colour differences (JFIF 1.02; libjpeg's whole numbers). */
import { dot, high, low, sums } from './lanes';

/** Factors are 2^16 times as large. */
const SHIFT: i32 = 16;

/**
 * Eight pixels at a time; up to 24 bytes behind the row are written.
 *
 * @param out R, G, B
 */
export function toRgb(luma: usize, blues: usize, reds: usize, width: i32, out: usize): void {
  const half = i32x4.splat(1 << (SHIFT - 1));
  const middle = i16x8.splat(128);
  for (let x = 0; x < width; x += 8, out += 24) {
    const y = v128.load_ext<u8>(luma + x);
    const cb = i16x8.sub(v128.load_ext<u8>(blues + x), middle);
    const cr = i16x8.sub(v128.load_ext<u8>(reds + x), middle);
    const first = low(cb, cr);
    const last = high(cb, cr);
    // 1.402 is 1 and 26345 / 2^16; -0.71414 is -1 and 18734 / 2^16; 1.772 is 2 less 14942 / 2^16.
    const red = i16x8.add(y, i16x8.add(cr, mix(first, last, 0, 26345, half)));
    const green = i16x8.add(y, i16x8.sub(mix(first, last, -22554, 18734, half), cr));
    const blue = i16x8.add(y, i16x8.add(i16x8.add(cb, cb), mix(first, last, -14942, 0, half)));
    interleave(i8x16.narrow_i16x8_u(red, green), i8x16.narrow_i16x8_u(blue, blue), out);
  }
}

/** Grey pixels, of which red, green and blue are the same; up to 24 bytes behind the row are written. */
export function greyToRgb(luma: usize, width: i32, out: usize): void {
  for (let x = 0; x < width; x += 8, out += 24) {
    const y = v128.load64_zero(luma + x);
    interleave(i8x16.shuffle(y, y, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7), y, out);
  }
}

/** Two colour differences times their factors, rounded. */
function mix(first: v128, last: v128, blue: i32, red: i32, half: v128): v128 {
  return sums(dot(first, blue, red), half, dot(last, blue, red), half, SHIFT);
}

/** Eight pixels whose reds and greens are in one vector, and whose blues are in the first half of another. */
function interleave(redGreen: v128, blue: v128, out: usize): void {
  v128.store(out, i8x16.shuffle(redGreen, blue, 0, 8, 16, 1, 9, 17, 2, 10, 18, 3, 11, 19, 4, 12, 20, 5));
  const end = i8x16.shuffle(redGreen, blue, 13, 21, 6, 14, 22, 7, 15, 23, 0, 0, 0, 0, 0, 0, 0, 0);
  v128.store64_lane(out + 16, end, 0);
}

/**
 * Twice as many samples, each three parts of the nearest one and one part of the next one. Beside the row lie its first and its last
 * sample once more. Up to 14 samples behind these are written.
 *
 * @param count of `row`
 */
export function widen(row: usize, count: i32, out: usize): void {
  const one = i16x8.splat(1);
  const two = i16x8.splat(2);
  for (let x = 0; x < count; x += 8, out += 16) {
    const here = v128.load_ext<u8>(row + x);
    const three = i16x8.add(here, i16x8.add(here, here));
    const left = i16x8.add(i16x8.add(three, v128.load_ext<u8>(row + x - 1)), one);
    const right = i16x8.add(i16x8.add(three, v128.load_ext<u8>(row + x + 1)), two);
    storeBesides(out, i16x8.shr_u(left, 2), i16x8.shr_u(right, 2));
  }
}

/** As {@link widen}, between two rows: three parts of the nearest one, and one part of the next one. */
export function widenBetween(nearest: usize, other: usize, count: i32, out: usize): void {
  const seven = i16x8.splat(7);
  const eight = i16x8.splat(8);
  for (let x = 0; x < count; x += 8, out += 16) {
    const here = columnSum(nearest + x, other + x);
    const three = i16x8.add(here, i16x8.add(here, here));
    const left = i16x8.add(i16x8.add(three, columnSum(nearest + x - 1, other + x - 1)), eight);
    const right = i16x8.add(i16x8.add(three, columnSum(nearest + x + 1, other + x + 1)), seven);
    storeBesides(out, i16x8.shr_u(left, 4), i16x8.shr_u(right, 4));
  }
}

/** Each sample twice. */
export function repeat(row: usize, count: i32, out: usize): void {
  for (let x = 0; x < count; x += 8, out += 16) {
    const here = v128.load_ext<u8>(row + x);
    storeBesides(out, here, here);
  }
}

function columnSum(nearest: usize, other: usize): v128 {
  const here = v128.load_ext<u8>(nearest);
  return i16x8.add(v128.load_ext<u8>(other), i16x8.add(here, i16x8.add(here, here)));
}

/** The lanes of two vectors in turns, as bytes. */
function storeBesides(out: usize, left: v128, right: v128): void {
  v128.store(out, v128.or(left, i16x8.shl(right, 8)));
}

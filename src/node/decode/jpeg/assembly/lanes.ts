/** What the transforms and the colours do with vectors of eight numbers of 16 bits. */

/** Samples are stored from 0 on, and not around it. */
export const MIDDLE: i32 = 128;
/** Factors are as many times as large, 2^13; what comes of the columns is 4 times as large, and what comes of the rows 8 times. */
export const COLUMN_SHIFT: i32 = 13 - 2;
export const ROW_SHIFT: i32 = 13 + 2 + 3;

/** Numbers around 0, as samples. */
export function samples(first: v128, second: v128): v128 {
  return v128.xor(i8x16.narrow_i16x8_s(first, second), i8x16.splat(<i8>MIDDLE));
}

/** Each pair of lanes times two factors, added up. */
export function dot(pairs: v128, first: i32, second: i32): v128 {
  return i32x4.dot_i16x8_s(pairs, i32x4.splat((first & 0xffff) | (second << 16)));
}

/** The first four lanes of two vectors, in pairs. */
export function low(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

/** The last four lanes of them. */
export function high(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Two sums, rounded off, of the first lanes and of the last. */
export function sums(al: v128, bl: v128, ah: v128, bh: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(al, bl), shift), i32x4.shr_s(i32x4.add(ah, bh), shift));
}

/** As {@link sums}, of differences. */
export function differences(al: v128, bl: v128, ah: v128, bh: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(al, bl), shift), i32x4.shr_s(i32x4.sub(ah, bh), shift));
}

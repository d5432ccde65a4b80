/** Blocks of a half and of a quarter of their size: a sample is the mean of those that it stands for. */
import { COLUMN_SHIFT, differences, dot, high, low, MIDDLE, ROW_SHIFT, samples, sums } from './lanes';

/** A sum of two or of four samples is halved or quartered at each of the two steps. */
const HALVED: i32 = 1;
const QUARTERED: i32 = 2;

/** Sums of two neighbours: the fourth coefficient cancels out in them. */
export function transformHalf(block: usize, out: usize, stride: usize): void {
  const shift = COLUMN_SHIFT + HALVED;
  const round = i32x4.splat(1 << (shift - 1));
  const x0 = v128.load(block);
  const x1 = v128.load(block, 16);
  const x2 = v128.load(block, 32);
  const x3 = v128.load(block, 48);
  const x5 = v128.load(block, 80);
  const x6 = v128.load(block, 96);
  const x7 = v128.load(block, 112);
  const zero = i8x16.splat(0);

  const el = low(x0, x2);
  const eh = high(x0, x2);
  const sl = low(x6, zero);
  const sh = high(x6, zero);
  const even0l = outerEven(el, sl, round);
  const even0h = outerEven(eh, sh, round);
  const even1l = innerEven(el, sl, round);
  const even1h = innerEven(eh, sh, round);
  const pl = low(x1, x3);
  const ph = high(x1, x3);
  const ql = low(x5, x7);
  const qh = high(x5, x7);
  const odd0l = outerOdd(pl, ql);
  const odd0h = outerOdd(ph, qh);
  const odd1l = innerOdd(pl, ql);
  const odd1h = innerOdd(ph, qh);
  storeHalfRows(
    out,
    stride,
    sums(even0l, odd0l, even0h, odd0h, shift),
    sums(even1l, odd1l, even1h, odd1h, shift),
    differences(even1l, odd1l, even1h, odd1h, shift),
    differences(even0l, odd0l, even0h, odd0h, shift),
  );
}

/** The rows of {@link transformHalf}: four, of eight coefficients each. */
function storeHalfRows(out: usize, stride: usize, y0: v128, y1: v128, y2: v128, y3: v128): void {
  const shift = ROW_SHIFT + HALVED;
  const round = i32x4.splat(1 << (shift - 1));
  // Coefficients 0 to 3, and 4 to 7, of the four rows: pairs of two rows, then of four.
  const first = low(y0, y1);
  const second = low(y2, y3);
  const third = high(y0, y1);
  const fourth = high(y2, y3);
  // Two coefficients of all rows in a vector: a lane of four bytes has one coefficient of two rows.
  const x01 = i32x4.shuffle(first, second, 0, 4, 1, 5);
  const x23 = i32x4.shuffle(first, second, 2, 6, 3, 7);
  const x45 = i32x4.shuffle(third, fourth, 0, 4, 1, 5);
  const x67 = i32x4.shuffle(third, fourth, 2, 6, 3, 7);
  const p = low(x01, x23);
  const odd = high(x01, x23);
  const zero = i8x16.splat(0);
  const sixth = low(x67, zero);
  const even0 = outerEven(p, sixth, round);
  const even1 = innerEven(p, sixth, round);
  const odd57 = high(x45, x67);
  const odd0 = outerOdd(odd, odd57);
  const odd1 = innerOdd(odd, odd57);
  // Columns of four rows each; as bytes, and turned into rows.
  const left = sums(even0, odd0, even1, odd1, shift);
  const right = differences(even1, odd1, even0, odd0, shift);
  const columns = samples(left, right);
  const rows = i8x16.shuffle(columns, columns, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  v128.store32_lane(out, rows, 0);
  v128.store32_lane(out + stride, rows, 1);
  v128.store32_lane(out + 2 * stride, rows, 2);
  v128.store32_lane(out + 3 * stride, rows, 3);
}

/** What the coefficients 0, 2 and 6 add to the first and the last of four sums; the first two are in pairs, and the sixth with 0. */
function outerEven(pairs: v128, sixth: v128, round: v128): v128 {
  return i32x4.sub(i32x4.add(dot(pairs, 16384, 15137), round), dot(sixth, 6270, 0));
}

/** The same of the two sums in the middle. */
function innerEven(pairs: v128, sixth: v128, round: v128): v128 {
  return i32x4.add(i32x4.add(dot(pairs, 16384, -15137), round), dot(sixth, 6270, 0));
}

/** What the coefficients 1, 3, 5 and 7, in pairs, add to the first sum and take from the last one. */
function outerOdd(first: v128, last: v128): v128 {
  return i32x4.add(dot(first, 20995, 7373), dot(last, -4926, -4176));
}

/** The same of the two sums in the middle. */
function innerOdd(first: v128, last: v128): v128 {
  return i32x4.add(dot(first, 8697, -17799), dot(last, 11893, -1730));
}

/** Sums of four neighbours: of the even coefficients, only the first one is left in them. */
export function transformQuarter(block: usize, out: usize, stride: usize): void {
  const shift = COLUMN_SHIFT + QUARTERED;
  const round = i32x4.splat(1 << (shift - 1));
  const x0 = v128.load(block);
  const x1 = v128.load(block, 16);
  const x3 = v128.load(block, 48);
  const x5 = v128.load(block, 80);
  const x7 = v128.load(block, 112);
  const evenl = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(x0), 15), round);
  const evenh = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(x0), 15), round);
  const oddl = i32x4.add(dot(low(x1, x3), 29692, -10426), dot(low(x5, x7), 6967, -5906));
  const oddh = i32x4.add(dot(high(x1, x3), 29692, -10426), dot(high(x5, x7), 6967, -5906));
  storeQuarterRow(out, sums(evenl, oddl, evenh, oddh, shift));
  storeQuarterRow(out + stride, differences(evenl, oddl, evenh, oddh, shift));
}

/** A row of {@link transformQuarter}: two samples of eight coefficients. */
function storeQuarterRow(out: usize, x: v128): void {
  const shift = ROW_SHIFT + QUARTERED;
  const products = i32x4.dot_i16x8_s(x, i16x8(0, 29692, 0, -10426, 0, 6967, 0, -5906));
  const halves = i32x4.add(products, i32x4.shuffle(products, products, 2, 3, 0, 1));
  const odd = i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1);
  const even = ((<i32>i16x8.extract_lane_s(x, 0)) << 15) + (1 << (shift - 1));
  store<u8>(out, clampSample((even + odd) >> shift));
  store<u8>(out, clampSample((even - odd) >> shift), 1);
}

function clampSample(value: i32): u8 {
  return <u8>max(0, min(255, value + MIDDLE));
}

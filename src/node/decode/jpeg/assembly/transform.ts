/**
 * Samples out of the coefficients of a block: the inverse cosine transform in whole numbers, with libjpeg's precision ("islow"), so that
 * the same samples come of it. Also of a half, a quarter or an eighth of the size: there a sample is the mean of those that it stands
 * for. Columns are transformed, then rows.
 */
import { COLUMN_SHIFT, differences, dot, high, low, MIDDLE, ROW_SHIFT, samples, sums } from './lanes';
import { transformHalf, transformQuarter } from './transform-small';

const BLOCK_EDGE: usize = 8;
const VECTOR: usize = 16;

/** Coefficients, in zigzag order, that lie in the first four columns and rows. */
const FEW: i32 = 10;

/** What is between columns and rows: eight rows of eight numbers of 16 bits. */
const BETWEEN: usize = memory.data(128, 16);
/**
 * Where a number between columns and rows has bits beside those of 16,383, sums of two no longer fit into 16 bits, and decoders differ in what
 * they make of it. No encoder writes such coefficients.
 */
const BEYOND: i32 = 0xc000;

/**
 * Transforms a block of `edge` x `edge` samples.
 *
 * @param block  64 coefficients of 16 bits, by rows
 * @param last   how many of them there are in zigzag order, up to the last one that differs from 0
 * @param edge   8, 4, 2 or 1
 * @param out    the first sample
 * @param stride bytes from row to row
 * @returns false where coefficients are too large
 */
export function transform(block: usize, last: i32, edge: i32, out: usize, stride: usize): bool {
  if (last === 1 || edge === 1) fill(block, edge, out, stride);
  else if (edge === 8) return transformWhole(block, last, out, stride);
  else if (edge === 4) transformHalf(block, out, stride);
  else transformQuarter(block, out, stride);
  return true;
}

/** A block of its mean. */
function fill(block: usize, edge: i32, out: usize, stride: usize): void {
  const mean = ((<i32>load<i16>(block) + 4) >> 3) + MIDDLE;
  const sample = <u8>max(0, min(255, mean));
  for (let y = 0; y < edge; y++, out += stride) {
    if (edge === 8) v128.store64_lane(out, i8x16.splat(sample), 0);
    else if (edge === 4) v128.store32_lane(out, i8x16.splat(sample), 0);
    else memory.fill(out, sample, edge);
  }
}

function transformWhole(block: usize, last: i32, out: usize, stride: usize): bool {
  if (last <= FEW) {
    eightFromFew(block, BETWEEN, COLUMN_SHIFT);
    if (isBeyond(bitsOfFour(BETWEEN))) return false;
    eightFromFew(BETWEEN, BETWEEN, ROW_SHIFT);
  } else {
    eight(block, BETWEEN, COLUMN_SHIFT);
    if (isBeyond(v128.or(bitsOfFour(BETWEEN), bitsOfFour(BETWEEN + 4 * VECTOR)))) return false;
    eight(BETWEEN, BETWEEN, ROW_SHIFT);
  }
  for (let y: usize = 0; y < BLOCK_EDGE; y += 2, out += 2 * stride) {
    const rows = samples(v128.load(BETWEEN + y * VECTOR), v128.load(BETWEEN + y * VECTOR, VECTOR));
    v128.store64_lane(out, rows, 0);
    v128.store64_lane(out + stride, rows, 1);
  }
  return true;
}

/** The bits that numbers of four vectors have, signs aside. */
function bitsOfFour(at: usize): v128 {
  const first = v128.or(i16x8.abs(v128.load(at)), i16x8.abs(v128.load(at, 16)));
  const second = v128.or(i16x8.abs(v128.load(at, 32)), i16x8.abs(v128.load(at, 48)));
  return v128.or(first, second);
}

function isBeyond(bits: v128): bool {
  return v128.any_true(v128.and(bits, i16x8.splat(<i16>BEYOND)));
}

/** One-dimensional: eight vectors of eight lanes, of which the k-th has the k-th coefficients. The result is transposed. */
function eight(from: usize, to: usize, shift: i32): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from, 16);
  const x2 = v128.load(from, 32);
  const x3 = v128.load(from, 48);
  const x4 = v128.load(from, 64);
  const x5 = v128.load(from, 80);
  const x6 = v128.load(from, 96);
  const x7 = v128.load(from, 112);
  const round = i32x4.splat(1 << (shift - 1));

  let p = low(x0, x4);
  let q = low(x2, x6);
  let plus = i32x4.add(dot(p, 8192, 8192), round);
  let minus = i32x4.add(dot(p, 8192, -8192), round);
  let a = dot(q, 10703, 4433);
  let b = dot(q, 4433, -10704);
  const even0l = i32x4.add(plus, a);
  const even3l = i32x4.sub(plus, a);
  const even1l = i32x4.add(minus, b);
  const even2l = i32x4.sub(minus, b);
  p = high(x0, x4);
  q = high(x2, x6);
  plus = i32x4.add(dot(p, 8192, 8192), round);
  minus = i32x4.add(dot(p, 8192, -8192), round);
  a = dot(q, 10703, 4433);
  b = dot(q, 4433, -10704);
  const even0h = i32x4.add(plus, a);
  const even3h = i32x4.sub(plus, a);
  const even1h = i32x4.add(minus, b);
  const even2h = i32x4.sub(minus, b);

  const pl = low(x1, x3);
  const ph = high(x1, x3);
  const ql = low(x5, x7);
  const qh = high(x5, x7);
  const odd0l = i32x4.add(dot(pl, 11363, 9633), dot(ql, 6437, 2260));
  const odd0h = i32x4.add(dot(ph, 11363, 9633), dot(qh, 6437, 2260));
  const odd1l = i32x4.add(dot(pl, 9633, -2259), dot(ql, -11362, -6436));
  const odd1h = i32x4.add(dot(ph, 9633, -2259), dot(qh, -11362, -6436));
  const odd2l = i32x4.add(dot(pl, 6437, -11362), dot(ql, 2261, 9633));
  const odd2h = i32x4.add(dot(ph, 6437, -11362), dot(qh, 2261, 9633));
  const odd3l = i32x4.add(dot(pl, 2260, -6436), dot(ql, 9633, -11363));
  const odd3h = i32x4.add(dot(ph, 2260, -6436), dot(qh, 9633, -11363));

  storeTransposed(
    to,
    sums(even0l, odd0l, even0h, odd0h, shift),
    sums(even1l, odd1l, even1h, odd1h, shift),
    sums(even2l, odd2l, even2h, odd2h, shift),
    sums(even3l, odd3l, even3h, odd3h, shift),
    differences(even3l, odd3l, even3h, odd3h, shift),
    differences(even2l, odd2l, even2h, odd2h, shift),
    differences(even1l, odd1l, even1h, odd1h, shift),
    differences(even0l, odd0l, even0h, odd0h, shift),
  );
}

/** As {@link eight}, where only the first four coefficients may differ from 0. */
function eightFromFew(from: usize, to: usize, shift: i32): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from, 16);
  const x2 = v128.load(from, 32);
  const x3 = v128.load(from, 48);
  const round = i32x4.splat(1 << (shift - 1));

  let p = low(x0, x2);
  const even0l = i32x4.add(dot(p, 8192, 10703), round);
  const even3l = i32x4.add(dot(p, 8192, -10703), round);
  const even1l = i32x4.add(dot(p, 8192, 4433), round);
  const even2l = i32x4.add(dot(p, 8192, -4433), round);
  p = high(x0, x2);
  const even0h = i32x4.add(dot(p, 8192, 10703), round);
  const even3h = i32x4.add(dot(p, 8192, -10703), round);
  const even1h = i32x4.add(dot(p, 8192, 4433), round);
  const even2h = i32x4.add(dot(p, 8192, -4433), round);
  const pl = low(x1, x3);
  const ph = high(x1, x3);
  const odd0l = dot(pl, 11363, 9633);
  const odd0h = dot(ph, 11363, 9633);
  const odd1l = dot(pl, 9633, -2259);
  const odd1h = dot(ph, 9633, -2259);
  const odd2l = dot(pl, 6437, -11362);
  const odd2h = dot(ph, 6437, -11362);
  const odd3l = dot(pl, 2260, -6436);
  const odd3h = dot(ph, 2260, -6436);

  storeTransposed(
    to,
    sums(even0l, odd0l, even0h, odd0h, shift),
    sums(even1l, odd1l, even1h, odd1h, shift),
    sums(even2l, odd2l, even2h, odd2h, shift),
    sums(even3l, odd3l, even3h, odd3h, shift),
    differences(even3l, odd3l, even3h, odd3h, shift),
    differences(even2l, odd2l, even2h, odd2h, shift),
    differences(even1l, odd1l, even1h, odd1h, shift),
    differences(even0l, odd0l, even0h, odd0h, shift),
  );
}

function storeTransposed(
  to: usize,
  y0: v128,
  y1: v128,
  y2: v128,
  y3: v128,
  y4: v128,
  y5: v128,
  y6: v128,
  y7: v128,
): void {
  const a0 = low(y0, y4);
  const a1 = high(y0, y4);
  const a2 = low(y2, y6);
  const a3 = high(y2, y6);
  const b0 = low(y1, y5);
  const b1 = high(y1, y5);
  const b2 = low(y3, y7);
  const b3 = high(y3, y7);
  // Lanes of every second vector: 0 2 4 6, then 1 3 5 7.
  const c0 = low(a0, a2);
  const c1 = high(a0, a2);
  const c2 = low(a1, a3);
  const c3 = high(a1, a3);
  const d0 = low(b0, b2);
  const d1 = high(b0, b2);
  const d2 = low(b1, b3);
  const d3 = high(b1, b3);
  v128.store(to, low(c0, d0));
  v128.store(to, high(c0, d0), 16);
  v128.store(to, low(c1, d1), 32);
  v128.store(to, high(c1, d1), 48);
  v128.store(to, low(c2, d2), 64);
  v128.store(to, high(c2, d2), 80);
  v128.store(to, low(c3, d3), 96);
  v128.store(to, high(c3, d3), 112);
}

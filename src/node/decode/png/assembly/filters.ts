/**
 * Filters of rows, undone (PNG 3rd edition, 9.2): each byte was written as the difference to one that was foretold of the pixel to its left and of the
 * row above. What stands to the left of a row is 0, and so is what stands above the first one.
 */

/**
 * The differences to the pixel on the left: pixels of three bytes, five at a time.
 *
 * @param row   the filtered bytes; up to 16 behind them are read, here and below
 * @param count of its bytes
 * @param out   up to 16 bytes behind the row are written
 */
export function addLeftOf3(row: usize, count: i32, out: usize): void {
  const zero = i8x16.splat(0);
  let left = zero;
  for (let i = 0; i < count; i += 15) {
    let sums = v128.load(row + i);
    // Each pixel and the one before it; then four; then eight, of which there are five.
    sums = i8x16.add(sums, i8x16.shuffle(sums, zero, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    sums = i8x16.add(sums, i8x16.shuffle(sums, zero, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    sums = i8x16.add(
      sums,
      i8x16.shuffle(sums, zero, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3),
    );
    sums = i8x16.add(sums, left);
    v128.store(out + i, sums);
    left = i8x16.shuffle(sums, sums, 12, 13, 14, 12, 13, 14, 12, 13, 14, 12, 13, 14, 12, 13, 14, 12);
  }
}

/** The same of pixels of four bytes, four at a time. */
export function addLeftOf4(row: usize, count: i32, out: usize): void {
  const zero = i8x16.splat(0);
  let left = zero;
  for (let i = 0; i < count; i += 16) {
    let sums = v128.load(row + i);
    sums = i8x16.add(sums, i8x16.shuffle(sums, zero, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    sums = i8x16.add(sums, i8x16.shuffle(sums, zero, 16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7));
    sums = i8x16.add(sums, left);
    v128.store(out + i, sums);
    left = i8x16.shuffle(sums, sums, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15);
  }
}

/** The differences to the pixel above. */
export function addUp(row: usize, above: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 16) {
    v128.store(out + i, i8x16.add(v128.load(row + i), v128.load(above + i)));
  }
}

/** The differences to the mean of the pixels on the left and above, rounded down. */
export function addAverage(row: usize, above: usize, count: i32, pixelBytes: i32, out: usize): void {
  const one = i8x16.splat(1);
  let left = i8x16.splat(0);
  for (let i = 0; i < count; i += pixelBytes) {
    const up = v128.load32_zero(above + i);
    // The vector's own mean is rounded up.
    const mean = i8x16.sub(i8x16.avgr_u(left, up), v128.and(v128.xor(left, up), one));
    left = i8x16.add(mean, v128.load32_zero(row + i));
    v128.store32_lane(out + i, left, 0);
  }
}

/**
 * The differences to Paeth's choice: of left, above, and above left, the one that lies nearest to left + above - above left. It is the
 * smaller one of left and above where three times above left is as much as the larger one and their sum or more, the larger one where it is as
 * little as the smaller one and their sum or less, and above left in between.
 */
export function addPaeth(row: usize, above: usize, count: i32, pixelBytes: i32, out: usize): void {
  let left = i16x8.splat(0);
  let upLeft = i16x8.splat(0);
  for (let i = 0; i < count; i += pixelBytes) {
    const up = i16x8.extend_low_i8x16_u(v128.load32_zero(above + i));
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(row + i));
    const smaller = i16x8.min_s(left, up);
    const larger = i16x8.max_s(left, up);
    const lean = i16x8.sub(i16x8.sub(i16x8.add(upLeft, i16x8.add(upLeft, upLeft)), up), left);
    const isLow = i16x8.le_s(lean, smaller);
    const isHigh = v128.andnot(i16x8.ge_s(lean, larger), isLow);
    const toLarger = v128.and(isLow, v128.xor(upLeft, larger));
    const toSmaller = v128.and(isHigh, v128.xor(upLeft, smaller));
    // Bytes of 16 bits, of which the upper half stays empty.
    left = i8x16.add(v128.xor(v128.xor(upLeft, toLarger), toSmaller), bytes);
    upLeft = up;
    v128.store32_lane(out + i, i8x16.narrow_i16x8_u(left, left), 0);
  }
}

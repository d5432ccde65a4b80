/** Lays pixels with transparency on white. */

/**
 * Four pixels at a time, as libvips does it: c * alpha + 255 * (255 - alpha) over 255, rounded down.
 *
 * @param pixels R, G, B, alpha; up to 16 bytes behind them are read
 * @param out    R, G, B; up to 16 bytes behind them are written
 */
export function flattenOnWhite(pixels: usize, width: i32, out: usize): void {
  for (let x = 0; x < width; x += 4, pixels += 16, out += 12) {
    const four = v128.load(pixels);
    const alphas = i8x16.shuffle(four, four, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    const first = onWhite(i16x8.extend_low_i8x16_u(four), i16x8.extend_low_i8x16_u(alphas));
    const last = onWhite(i16x8.extend_high_i8x16_u(four), i16x8.extend_high_i8x16_u(alphas));
    const flat = i8x16.narrow_i16x8_u(first, last);
    v128.store(out, i8x16.shuffle(flat, flat, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15));
  }
}

function onWhite(colours: v128, alphas: v128): v128 {
  const white = i16x8.splat(255);
  const sum = i16x8.add(i16x8.mul(colours, alphas), i16x8.mul(white, i16x8.sub(white, alphas)));
  // Divided by 255, exactly, for all that there can be.
  return i16x8.shr_u(i16x8.add(i16x8.add(sum, i16x8.splat(1)), i16x8.shr_u(sum, 8)), 8);
}

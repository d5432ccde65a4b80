/** The loops of `face/sample.ts`, in AssemblyScript: `npm run build` makes WebAssembly of them. */

/** Coordinates are whole numbers of 2^-32 pixels: cutting off the fraction of one is a shift, and of a float it is a branch. */
const PIXEL: f64 = 4294967296.0;
/** Half a pixel. */
const HALF: i64 = 2147483648;
/** Fractions of 24 bits, which a float holds, as parts of one. */
const FRACTION = f32x4.splat(<f32>(1.0 / 16777216.0));

/**
 * Samples a grid of a picture. With one sample per pixel it is interpolated between the four pixels around it; with more, an output
 * pixel is the mean of those that lie nearest to its samples. What lies outside of the picture takes the colour of the border's
 * nearest pixel.
 *
 * @param pixels   R, G, B, from the row `firstRow` on; 16 bytes behind them can be read
 * @param width    size of the whole picture
 * @param originX  the first sample; sample (i, j) is at origin + i * (dx, dy) + j * (-dy, dx), in pixel indices
 * @param taps     samples of an output pixel, each way; at most 16
 * @param weight   what each byte is multiplied by
 * @param out      three planes of outSize x outSize floats
 */
export function sample(
  pixels: usize,
  width: i32,
  height: i32,
  firstRow: i32,
  originX: f64,
  originY: f64,
  dx: f64,
  dy: f64,
  outSize: i32,
  taps: i32,
  weight: f32,
  out: usize,
): void {
  const stride = width * 3;
  const plane: usize = outSize * outSize * 4;
  const start = pixels - firstRow * stride;
  const right = width - 1;
  const bottom = height - 1;
  const stepX = <i64>(dx * PIXEL);
  const stepY = <i64>(dy * PIXEL);
  const weights = f32x4.splat(weight);
  let rowX = <i64>(originX * PIXEL);
  let rowY = <i64>(originY * PIXEL);
  for (let v = 0; v < outSize; v++, rowX -= stepY * taps, rowY += stepX * taps) {
    let x = rowX;
    let y = rowY;
    for (let u = 0; u < outSize; u++, x += stepX * taps, y += stepY * taps) {
      const value =
        taps === 1
          ? interpolated(start, stride, right, bottom, x, y)
          : sumOfNearest(start, stride, right, bottom, x, y, stepX, stepY, taps);
      storePixel(out, plane, f32x4.mul(value, weights));
      out += 4;
    }
  }
}

/** Between the four pixels around a place. */
function interpolated(start: usize, stride: i32, right: i32, bottom: i32, x: i64, y: i64): v128 {
  const column = <i32>(x >> 32);
  const row = <i32>(y >> 32);
  const left = clamp(column, right);
  const top = clamp(row, bottom);
  // Beyond the border there is one pixel, and nothing to its right and below that would count.
  const across = left === column && left < right ? fractionOf(x) : f32x4.splat(0);
  const isBetweenRows = top === row && top < bottom;
  const down = isBetweenRows ? fractionOf(y) : f32x4.splat(0);
  const above = start + top * stride + left * 3;
  const below = isBetweenRows ? above + stride : above;
  const upper = between(v128.load64_zero(above), across);
  const lower = between(v128.load64_zero(below), across);
  return f32x4.add(upper, f32x4.mul(f32x4.sub(lower, upper), down));
}

/** The sum of the pixels that lie nearest to `taps` x `taps` samples, the first of which is at (x, y). */
function sumOfNearest(
  start: usize,
  stride: i32,
  right: i32,
  bottom: i32,
  x: i64,
  y: i64,
  stepX: i64,
  stepY: i64,
  taps: i32,
): v128 {
  let sum = i16x8.splat(0);
  // Half a pixel on, so that cutting off the fraction rounds.
  let rowX = x + HALF;
  let rowY = y + HALF;
  for (let j = 0; j < taps; j++, rowX -= stepY, rowY += stepX) {
    let atX = rowX;
    let atY = rowY;
    for (let i = 0; i < taps; i++, atX += stepX, atY += stepY) {
      const column = clamp(<i32>(atX >> 32), right);
      const row = clamp(<i32>(atY >> 32), bottom);
      const pixel = v128.load32_zero(start + row * stride + column * 3);
      sum = i16x8.add(sum, i16x8.extend_low_i8x16_u(pixel));
    }
  }
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(sum));
}

function clamp(index: i32, last: i32): i32 {
  // One comparison for nearly all: a negative number is a large one without its sign.
  return <u32>index <= <u32>last ? index : index < 0 ? 0 : last;
}

/** The fraction of a coordinate, in all four places. */
function fractionOf(coordinate: i64): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.splat(<i32>(<u32>coordinate >> 8))), FRACTION);
}

/** Between two pixels that lie beside one another in the first six bytes. */
function between(bytes: v128, share: v128): v128 {
  const zero = i8x16.splat(0);
  const left = i8x16.shuffle(bytes, zero, 0, 16, 16, 16, 1, 16, 16, 16, 2, 16, 16, 16, 16, 16, 16, 16);
  const right = i8x16.shuffle(bytes, zero, 3, 16, 16, 16, 4, 16, 16, 16, 5, 16, 16, 16, 16, 16, 16, 16);
  const from = f32x4.convert_i32x4_s(left);
  return f32x4.add(from, f32x4.mul(f32x4.sub(f32x4.convert_i32x4_s(right), from), share));
}

/** Puts a pixel's red, green and blue into their planes. */
function storePixel(at: usize, plane: usize, pixel: v128): void {
  v128.store_lane<f32>(at, pixel, 0);
  v128.store_lane<f32>(at + plane, pixel, 1);
  v128.store_lane<f32>(at + 2 * plane, pixel, 2);
}

/** The loops of `face/letterbox.ts`, in AssemblyScript: `npm run build` makes WebAssembly of them. */

/** Which source pixels make up an output pixel of one axis: `from` and `last` count in part, those between them wholly. */
class Span {
  from: i32 = 0;
  last: i32 = 0;
  fromWeight: f32 = 0;
  lastWeight: f32 = 0;
}

/** Bytes of a {@link Span} in memory. */
const SPAN: usize = 16;
/** Bytes of a pixel, and of its three sums. */
const PIXEL: usize = 3;
const SUMS: usize = 12;
/** Sums are written eight at a time and read four at a time: so many bytes behind the last one. */
const SUMS_BEYOND: usize = 32;

/** Bytes that {@link letterbox} needs on the way: a span for each output column and one for the row, and the sums of a row. */
export function letterboxRoom(width: i32, outWidth: i32): i32 {
  return (outWidth + 1) * SPAN + width * SUMS + SUMS_BEYOND;
}

/**
 * Shrinks or enlarges a picture: each output pixel is the mean of the area that it covers, from -1 to 1.
 *
 * @param pixels    R, G, B; 16 bytes behind them can be read
 * @param every     1 for all rows, 2 for each second one
 * @param outWidth  size of the result in pixels
 * @param room      for {@link letterboxRoom} bytes
 * @param out       where the result's first pixel goes, in the first of three planes
 * @param size      edge of a plane, in pixels
 */
export function letterbox(
  pixels: usize,
  width: i32,
  height: i32,
  every: i32,
  outWidth: i32,
  outHeight: i32,
  room: usize,
  out: usize,
  size: i32,
): void {
  const rowBytes: usize = width * PIXEL;
  const rows = (height + every - 1) / every;
  const acrossStep = <f64>width / <f64>outWidth;
  const downStep = <f64>rows / <f64>outHeight;
  const scale = <f32>(1.0 / 127.5 / (acrossStep * downStep));
  const spans = room;
  const down = spans + outWidth * SPAN;
  const sums = down + SPAN;
  for (let u = 0; u < outWidth; u++) setSpan(spans + u * SPAN, u, acrossStep, width);
  for (let v = 0; v < outHeight; v++) {
    setSpan(down, v, downStep, rows);
    sumRows(pixels, rowBytes, rowBytes * every, changetype<Span>(down), sums);
    shrinkRow(sums, spans, outWidth, scale, out + v * size * 4, size * size * 4);
  }
}

/** Which of `length` source pixels make up the i-th output pixel, where each covers `step` of them. */
function setSpan(at: usize, i: i32, step: f64, length: i32): void {
  const span = changetype<Span>(at);
  const start = i * step;
  const end = min<f64>(length, (i + 1) * step);
  const from = min<i32>(length - 1, <i32>start);
  const last = max<i32>(from, min<i32>(length - 1, <i32>ceil(end) - 1));
  span.from = from;
  span.last = last;
  span.fromWeight = <f32>(from === last ? end - start : from + 1 - start);
  span.lastWeight = from === last ? 0 : <f32>(end - last);
}

/** The weighted sum of some rows, byte by byte, eight at a time. Those that count wholly are added as integers. */
function sumRows(pixels: usize, rowBytes: usize, stride: usize, span: Span, sums: usize): void {
  const start = pixels + span.from * stride;
  const end = pixels + span.last * stride;
  const startWeight = f32x4.splat(span.fromWeight);
  const endWeight = f32x4.splat(span.lastWeight);
  for (let i: usize = 0; i < rowBytes; i += 8) {
    let whole = i16x8.splat(0);
    for (let row = start + stride; row < end; row += stride) {
      whole = i16x8.add(whole, v128.load_ext<u8>(row + i));
    }
    const a = v128.load_ext<u8>(start + i);
    const b = v128.load_ext<u8>(end + i);
    const to = sums + i * 4;
    v128.store(to, weigh(lowOf(whole), lowOf(a), startWeight, lowOf(b), endWeight));
    v128.store(to, weigh(highOf(whole), highOf(a), startWeight, highOf(b), endWeight), 16);
  }
}

function weigh(whole: v128, a: v128, aWeight: v128, b: v128, bWeight: v128): v128 {
  return f32x4.add(f32x4.add(whole, f32x4.mul(a, aWeight)), f32x4.mul(b, bWeight));
}

/** The first four of eight whole numbers, as floats. */
function lowOf(numbers: v128): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(numbers));
}

/** The last four of them. */
function highOf(numbers: v128): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(numbers));
}

/** Reduces a row of sums to the output's width, a pixel's red, green and blue at a time, and puts it into the planes. */
function shrinkRow(sums: usize, spans: usize, outWidth: i32, scale: f32, out: usize, plane: usize): void {
  const scales = f32x4.splat(scale);
  const ones = f32x4.splat(1);
  for (let u = 0; u < outWidth; u++) {
    const span = changetype<Span>(spans + u * SPAN);
    const last = sums + span.last * SUMS;
    let at = sums + span.from * SUMS;
    let sum = f32x4.mul(v128.load(at), f32x4.splat(span.fromWeight));
    for (at += SUMS; at < last; at += SUMS) sum = f32x4.add(sum, v128.load(at));
    sum = f32x4.add(sum, f32x4.mul(v128.load(last), f32x4.splat(span.lastWeight)));
    sum = f32x4.sub(f32x4.mul(sum, scales), ones);
    v128.store_lane<f32>(out, sum, 0);
    v128.store_lane<f32>(out + plane, sum, 1);
    v128.store_lane<f32>(out + 2 * plane, sum, 2);
    out += 4;
  }
}

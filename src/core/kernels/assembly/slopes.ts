/** The loops of `face/sharpness.ts`, in AssemblyScript: `npm run build` makes WebAssembly of them. */

const FLOAT: i32 = 4;
/** Floats of a vector, and pixels of a coarse cell: four across and down. */
const LANES: i32 = 4;
const BLOCK: i32 = 4;

/** Luma, by Rec. 709 weights on sRGB values. */
const RED = f32x4.splat(0.2126);
const GREEN = f32x4.splat(0.7152);
const BLUE = f32x4.splat(0.0722);

/** Bytes that {@link slopes} needs on the way: the luma twice, each with a vector more, since vectors run over the end. */
export function slopesRoom(edge: i32): i32 {
  return 2 * (edge * edge + LANES) * FLOAT;
}

/**
 * The mean square of the slopes of the luma from cell to cell, after it was smoothed.
 *
 * @param planes     three planes of size x size floats: R, G, B
 * @param isCoarse   whether a cell is the mean of 4 x 4 pixels, or one pixel
 * @param from       the first cell that is looked at, of each axis
 * @param edge       cells that are looked at, of each axis
 * @param smoothings so often it is blurred by 1-2-1 across and down
 * @param room       for {@link slopesRoom} bytes
 */
export function slopes(
  planes: usize,
  size: i32,
  isCoarse: bool,
  from: i32,
  edge: i32,
  smoothings: i32,
  room: usize,
): f64 {
  const cells = edge * edge;
  const luma = room;
  const across = room + slopesRoom(edge) / 2;
  if (isCoarse) fillBlocks(planes, size, from, edge, luma);
  else fillPixels(planes, size, from, edge, luma);
  for (let i = 0; i < smoothings; i++) {
    smooth(luma, across, cells, 1);
    smooth(across, luma, cells, edge);
  }
  // Rows run into one another when they are smoothed, which reaches no further than this from their ends.
  const margin = smoothings + 1;
  let energy: f64 = 0;
  for (let y = margin; y < edge - margin; y++) {
    energy += energyOf(luma + (y * edge + margin) * FLOAT, edge - 2 * margin, edge * FLOAT);
  }
  const inner = edge - 2 * margin;
  return energy / (inner * inner);
}

/** The luma of pixels, four at a time; what is too much of a row is overwritten by the next one. */
function fillPixels(planes: usize, size: i32, from: i32, edge: i32, luma: usize): void {
  for (let y = 0; y < edge; y++) {
    const row = planes + ((from + y) * size + from) * FLOAT;
    const to = luma + y * edge * FLOAT;
    for (let x = 0; x < edge * FLOAT; x += LANES * FLOAT) v128.store(to + x, lumaOf(row + x, size));
  }
}

/** The mean luma of blocks: a vector is as wide as a block. */
function fillBlocks(planes: usize, size: i32, from: i32, edge: i32, luma: usize): void {
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      let at = planes + ((from + y) * size + from + x) * BLOCK * FLOAT;
      let sum = lumaOf(at, size);
      for (let row = 1; row < BLOCK; row++) {
        at += size * FLOAT;
        sum = f32x4.add(sum, lumaOf(at, size));
      }
      store<f32>(luma + (y * edge + x) * FLOAT, sumOf(sum) / <f32>(BLOCK * BLOCK));
    }
  }
}

function lumaOf(at: usize, size: i32): v128 {
  const plane = size * size * FLOAT;
  const red = f32x4.mul(v128.load(at), RED);
  const green = f32x4.mul(v128.load(at + plane), GREEN);
  const blue = f32x4.mul(v128.load(at + 2 * plane), BLUE);
  return f32x4.add(f32x4.add(red, green), blue);
}

/** Each number with its neighbours `step` before and behind, weighed 1-2-1; the first and the last `step` are left out. */
function smooth(numbers: usize, out: usize, count: i32, step: i32): void {
  const quarter = f32x4.splat(0.25);
  const reach = step * FLOAT;
  for (let i = reach; i < (count - step) * FLOAT; i += LANES * FLOAT) {
    const here = v128.load(numbers + i);
    const beside = f32x4.add(v128.load(numbers + i - reach), v128.load(numbers + i + reach));
    v128.store(out + i, f32x4.mul(f32x4.add(beside, f32x4.add(here, here)), quarter));
  }
}

/** The squares of the slopes of some numbers that follow one another. */
function energyOf(start: usize, count: i32, stride: i32): f64 {
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + LANES <= count; i += LANES) {
    const at = start + i * FLOAT;
    const dx = f32x4.sub(v128.load(at + FLOAT), v128.load(at - FLOAT));
    const dy = f32x4.sub(v128.load(at + stride), v128.load(at - stride));
    sums = f32x4.add(sums, f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)));
  }
  let energy = <f64>sumOf(sums);
  for (; i < count; i++) {
    const at = start + i * FLOAT;
    const dx = load<f32>(at + FLOAT) - load<f32>(at - FLOAT);
    const dy = load<f32>(at + stride) - load<f32>(at - stride);
    energy += dx * dx + dy * dy;
  }
  return energy;
}

function sumOf(lanes: v128): f32 {
  const first = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
  return first + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}

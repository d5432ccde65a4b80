/** Rows of pixels, one after another, made into rows of the result: as they are, turned, or fewer and smaller. */
import { allocate } from './memory';
import { firstOf, makeEntries, reduceRow, reduceRows, STRIP, tapsOf } from './reduce';

const PIXEL: i32 = 3;
/** Rows of pixels that are kept for those of a smaller picture, of which one is made of eight at most. */
const KEPT: i32 = 16;
/** How often a row's ends are repeated: more than half of the pixels that an output pixel is made of. */
const REPEATED: i32 = 8;
/** Bytes kept free before and behind a row: rows are made by vectors, and repeated beside their ends. */
export const BESIDE: i32 = 32;
export const BEHIND: i32 = 64;

/** Size of the picture before it is made smaller. */
let width: i32 = 0;
let height: i32 = 0;
/** The next row of pixels, and those that are wanted: from the first one on, up to the end. */
export let row: i32 = 0;
export let fromRow: i32 = 0;
export let endRow: i32 = 0;
/** The next row of the result, and where those end that are wanted of it. */
let outRow: i32 = 0;
let outEnd: i32 = 0;
let outWidth: i32 = 0;
/** Where the next row of it begins, and how far it is to its next pixel and to the next row. */
let out: usize = 0;
let outStep: i32 = 0;
let outStride: i32 = 0;

/** Whether rows are made where they belong in the result, and not somewhere else first. */
let isDirect: bool = false;
/** How a smaller picture is made: see `reduce.ts`. */
let isSmaller: bool = false;
let across: usize = 0;
let down: usize = 0;
let tapsAcross: i32 = 0;
let tapsDown: i32 = 0;

/** Rows of pixels, and one that rows have been added up to. */
let kept: usize = 0;
let keptStride: i32 = 0;
let reduced: usize = 0;
/** Where the rows are that are added up. */
const ADDED: usize = memory.data(32, 16);

/**
 * Says what is made of rows.
 *
 * @param fullWidth   the size of the picture whose rows they are
 * @param smallWidth  the size of the whole result before it is turned
 * @param firstRow    the rows of it that are wanted, up to `end`
 * @param result      where it goes, with {@link BEHIND} bytes behind it
 * @param step        bytes from a pixel of it to the next one; `stride` from a row to the next one
 */
export function setRows(
  fullWidth: i32,
  fullHeight: i32,
  smallWidth: i32,
  smallHeight: i32,
  firstRow: i32,
  end: i32,
  result: usize,
  step: i32,
  stride: i32,
): void {
  width = fullWidth;
  height = fullHeight;
  out = result;
  outWidth = smallWidth;
  outStep = step;
  outStride = stride;
  outRow = firstRow;
  outEnd = end;
  fromRow = firstRow;
  endRow = end;
  keptStride = width * PIXEL + BEHIND;
  isSmaller = smallWidth !== width || smallHeight !== height;
  // Vectors run over the end of a row, into what the next row is written over: so rows have to be written from the top.
  isDirect = !isSmaller && step === PIXEL && stride > 0;
  if (isSmaller) {
    across = makeEntries(width, smallWidth, smallWidth);
    down = makeEntries(height, smallHeight, STRIP);
    tapsAcross = tapsOf(<f64>width / <f64>smallWidth);
    tapsDown = tapsOf(<f64>height / <f64>smallHeight);
    fromRow = max(0, firstOf(down, firstRow));
    endRow = min(height, firstOf(down, end - 1) + tapsDown);
    reduced = allocate(BESIDE + keptStride) + BESIDE;
  }
  if (!isDirect) kept = allocate(keptStride * KEPT);
  row = fromRow;
}

/** Where the next row of pixels goes: R, G, B. Up to {@link BEHIND} bytes behind it may be written. */
export function nextRow(): usize {
  return isDirect ? out : kept + (row & (KEPT - 1)) * keptStride;
}

/** Makes of the row that has been put there what can be made of it. */
export function takeRow(): void {
  const pixels = nextRow();
  row++;
  if (isSmaller) {
    showReduced();
    return;
  }
  if (!isDirect) spread(pixels);
  out += outStride;
  outRow++;
}

/** Whether all is there of a band that ends above the picture's end. */
export function isBandShown(): bool {
  return outRow === outEnd && endRow < height;
}

/** Puts the pixels of a row where they belong in a turned picture. */
function spread(pixels: usize): void {
  let to = out;
  for (let x = 0; x < width; x++, pixels += PIXEL, to += outStep) {
    store<u16>(to, load<u16>(pixels));
    store<u8>(to, load<u8>(pixels, 2), 2);
  }
}

/** Makes those rows of the smaller picture whose pixels are there. */
function showReduced(): void {
  for (; outRow < outEnd; outRow++) {
    const first = firstOf(down, outRow);
    if (min(endRow, first + tapsDown) > row) return;
    for (let tap = 0; tap < tapsDown; tap++) {
      const y = max(0, min(height - 1, first + tap));
      store<u32>(ADDED + tap * 4, <u32>(kept + (y & (KEPT - 1)) * keptStride));
    }
    reduceRows(down, outRow, ADDED, tapsDown, width * PIXEL, reduced);
    repeatPixels();
    reduceRow(across, outWidth, tapsAcross, reduced, out, outStep);
    out += outStride;
  }
}

/** Repeats the first and the last pixel of a row beside it. */
function repeatPixels(): void {
  const end = reduced + width * PIXEL;
  for (let i = 1; i <= REPEATED; i++) {
    memory.copy(reduced - i * PIXEL, reduced, PIXEL);
    memory.copy(end + (i - 1) * PIXEL, end - PIXEL, PIXEL);
  }
}

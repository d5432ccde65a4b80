/** Rows of the result, as soon as the samples for them are there. */
import { greyToRgb, repeat, toRgb, widen, widenBetween } from './colour';
import { allocate } from './memory';
import {
  BEHIND,
  BESIDE,
  height,
  keepLastRows,
  mcuRows,
  planeAt,
  planes,
  repeatEnds,
  waiting,
  width,
} from './planes';
import { firstOf, makeEntries, reduceRow, reduceRows, tapsOf } from './reduce';

const PIXEL: i32 = 3;
/** Rows of pixels that are kept for those of a smaller picture: an MCU's sixteen, and eight around them. */
const KEPT: i32 = 32;
/** Of so few samples, or of blocks of one, libjpeg repeats each, and mixes none with its neighbour. */
const FEW: i32 = 2;
/** So often a row's ends are repeated: more than half of the pixels that an output pixel is made of. */
const REPEATED: i32 = 8;

/** The next row of pixels, and those that are wanted: from the first one on, up to the end. */
let row: i32 = 0;
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

/** How a smaller picture is made: see `reduce.ts`. */
let isSmaller: bool = false;
let across: usize = 0;
let down: usize = 0;
let tapsAcross: i32 = 0;
let tapsDown: i32 = 0;

/** Rows of pixels; one that rows have been added up to; and rows of colour differences, as wide as the picture. */
let kept: usize = 0;
let keptStride: i32 = 0;
let reduced: usize = 0;
let wide: usize = 0;
let wideStride: i32 = 0;
/** Where the rows are that are added up. */
const ADDED: usize = memory.data(32, 16);

/**
 * Says what is made of it.
 *
 * @param smallWidth  the size of the whole result before it is turned
 * @param firstRow    the rows of it that are wanted, up to `end`
 * @param origin      where the first wanted row's first pixel goes, counted from the result's beginning; a pixel and a row on are `step` and `stride`
 * @param bytes       of the result
 * @returns where the result is
 */
export function setResult(
  smallWidth: i32,
  smallHeight: i32,
  firstRow: i32,
  end: i32,
  bytes: i32,
  origin: i32,
  step: i32,
  stride: i32,
): usize {
  const result = allocate(bytes + BEHIND);
  out = result + origin;
  outWidth = smallWidth;
  outStep = step;
  outStride = stride;
  wideStride = width + BEHIND;
  wide = allocate(wideStride * 2);
  keptStride = width * PIXEL + BEHIND;
  outRow = firstRow;
  outEnd = end;
  fromRow = firstRow;
  endRow = end;
  isSmaller = smallWidth !== width || smallHeight !== height;
  if (isSmaller) {
    across = makeEntries(width, smallWidth);
    down = makeEntries(height, smallHeight);
    tapsAcross = tapsOf(<f64>width / <f64>smallWidth);
    tapsDown = tapsOf(<f64>height / <f64>smallHeight);
    fromRow = max(0, firstOf(down, firstRow));
    endRow = min(height, firstOf(down, end - 1) + tapsDown);
    reduced = allocate(BESIDE + keptStride) + BESIDE;
  }
  kept = allocate(keptStride * KEPT);
  row = fromRow;
  return result;
}

/** Whether all is there of a band that ends above the picture's end. */
export function isBandShown(): bool {
  return outRow === outEnd && endRow < height;
}

/**
 * Makes pixels of a row of MCUs, and of the row of pixels above that had to wait for it.
 *
 * @param top    its first row of pixels
 * @param isLast whether it is the last one
 */
export function showRows(top: i32, isLast: bool): void {
  repeatEnds();
  // Vectors run over the end of a row, into what the next row is written over: so rows have to be written from the top.
  const isDirect = !isSmaller && outStep === PIXEL && outStride > 0;
  const end = min(endRow, isLast ? height : top + mcuRows - waiting);
  for (; row < end; row++) {
    const pixels = isDirect ? out : kept + (row & (KEPT - 1)) * keptStride;
    showRow(top, pixels);
    if (isSmaller) continue;
    if (!isDirect) spread(pixels);
    out += outStride;
    outRow++;
  }
  if (isSmaller) showReduced();
  keepLastRows();
}

/** Makes pixels of a row. */
function showRow(top: i32, pixels: usize): void {
  const luma = planeAt(0);
  const samples = luma.rows + (row - top + 1) * luma.stride;
  if (planes === 1) greyToRgb(samples, width, pixels);
  else toRgb(samples, differences(1, top), differences(2, top), width, pixels);
}

/** The samples of a colour difference for a row: as many as there are pixels. */
function differences(i: i32, top: i32): usize {
  const plane = planeAt(i);
  const y = row / plane.timesDown;
  const above = top / plane.timesDown;
  const nearest = plane.rows + (y - above + 1) * plane.stride;
  if (plane.timesAcross === 1) return nearest;
  const to = wide + (i - 1) * wideStride;
  if (plane.timesDown > 1) {
    const other = max(0, min(plane.height - 1, (row & 1) === 0 ? y - 1 : y + 1));
    widenBetween(nearest, plane.rows + (other - above + 1) * plane.stride, plane.width, to);
  } else if (plane.edge > 1 && plane.width > FEW) {
    widen(nearest, plane.width, to);
  } else {
    repeat(nearest, plane.width, to);
  }
  return to;
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

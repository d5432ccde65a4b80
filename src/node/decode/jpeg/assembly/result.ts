/** Rows of pixels out of the planes' samples, as soon as these are there. */

import { greyToRgb, repeat, toRgb, widen, widenBetween } from './colour';
import { allocate } from './memory';
import { height, keepLastRows, mcuRows, planeAt, planes, repeatEnds, waiting, width } from './planes';
import { BEHIND, endRow, nextRow, row, setRows, takeRow } from './rows';

/** Of so few samples, or of blocks of one, libjpeg repeats each, and mixes none with its neighbour. */
const FEW: i32 = 2;

/** Rows of colour differences, as wide as the picture. */
let wide: usize = 0;
let wideStride: i32 = 0;

/**
 * Says what is made of the picture.
 *
 * @param smallWidth  the size of the whole result before it is turned
 * @param firstRow    the rows of it that are wanted, up to `end`
 * @param bytes       of the result
 * @param origin      where the first wanted row's first pixel goes, counted from the result's beginning; a pixel and a row on are `step` and `stride`
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
  wideStride = width + BEHIND;
  wide = allocate(wideStride * 2);
  setRows(width, height, smallWidth, smallHeight, firstRow, end, result + origin, step, stride);
  return result;
}

/**
 * Makes pixels of a row of MCUs, and of the row of pixels above that had to wait for it.
 *
 * @param top    its first row of pixels
 * @param isLast whether it is the last one
 */
export function showRows(top: i32, isLast: bool): void {
  repeatEnds();
  const end = min(endRow, isLast ? height : top + mcuRows - waiting);
  while (row < end) {
    showRow(top, nextRow());
    takeRow();
  }
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

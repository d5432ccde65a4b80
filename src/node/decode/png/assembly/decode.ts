/** Makes pixels of the inflated data of a PNG, piece by piece: 8 bits, R, G, B, with transparency or without. */
import { allocate } from '../../assembly/memory';
import { BEHIND, nextRow, outRow, putNextAt, setRows, takeRow } from '../../assembly/rows';
import { addAverage, addLeftOf3, addLeftOf4, addPaeth, addUp } from './filters';
import { flattenOnWhite } from './flatten';

export { clear } from '../../assembly/memory';

const RGB: i32 = 3;
/** Rows of a smaller picture that may come of its last row beside the one before. */
const MORE_ROWS: i32 = 8;
/** What {@link take} answers where a row has a filter that there is not. */
const UNREADABLE: i32 = -1;

let width: i32 = 0;
let pixelBytes: i32 = 0;
/** Bytes of a row of pixels; in the data, the number of its filter stands before it. */
let rowBytes: i32 = 0;
/** Rows that have not come yet. */
let rowsLeft: i32 = 0;
/** The data that has come, as far as it isn't used. */
let data: usize = 0;
let held: i32 = 0;
/** The last row, and the one before. */
let row: usize = 0;
let above: usize = 0;
/** The result's rows that one piece makes, and bytes of one. */
let result: usize = 0;
let resultStride: i32 = 0;

/**
 * Says what the picture is, and how large it is to become.
 *
 * @param bytesOfPixel 3, or 4 with transparency
 * @param most         bytes that come at a time, at most
 * @returns where the rows are that {@link take} has made
 */
export function setPicture(
  fullWidth: i32,
  fullHeight: i32,
  bytesOfPixel: i32,
  smallWidth: i32,
  smallHeight: i32,
  most: i32,
): usize {
  width = fullWidth;
  pixelBytes = bytesOfPixel;
  rowBytes = width * pixelBytes;
  rowsLeft = fullHeight;
  data = allocate(rowBytes + 1 + most + BEHIND);
  held = 0;
  row = allocate(rowBytes + BEHIND);
  above = allocate(rowBytes + BEHIND);
  memory.fill(above, 0, rowBytes + BEHIND);
  resultStride = smallWidth * RGB;
  const rows = (rowBytes + most) / (rowBytes + 1) + 1 + MORE_ROWS;
  result = allocate(rows * resultStride + BEHIND);
  setRows(fullWidth, fullHeight, smallWidth, smallHeight, 0, smallHeight, result, RGB, resultStride);
  return result;
}

/** Where the next piece of the data goes. */
export function dataEnd(): usize {
  return data + held;
}

/** Takes a piece. @returns how many bytes of the result it makes; {@link UNREADABLE} */
export function take(bytes: i32): i32 {
  const before = outRow;
  putNextAt(result);
  held += bytes;
  let at = data;
  const end = data + held;
  for (; rowsLeft > 0 && at + rowBytes < end; at += rowBytes + 1, rowsLeft--) {
    if (!unfilter(load<u8>(at), at + 1)) return UNREADABLE;
    if (pixelBytes === RGB) memory.copy(nextRow(), row, rowBytes);
    else flattenOnWhite(row, width, nextRow());
    takeRow();
    const last = row;
    row = above;
    above = last;
  }
  held = <i32>(end - at);
  memory.copy(data, at, held);
  return (outRow - before) * resultStride;
}

function unfilter(filter: i32, from: usize): bool {
  switch (filter) {
    case 0:
      memory.copy(row, from, rowBytes);
      return true;
    case 1:
      if (pixelBytes === RGB) addLeftOf3(from, rowBytes, row);
      else addLeftOf4(from, rowBytes, row);
      return true;
    case 2:
      addUp(from, above, rowBytes, row);
      return true;
    case 3:
      addAverage(from, above, rowBytes, pixelBytes, row);
      return true;
    case 4:
      addPaeth(from, above, rowBytes, pixelBytes, row);
      return true;
    default:
      return false;
  }
}

/** Decodes a baseline JPEG to a picture of a given size, some rows of MCUs at a time, so that others have their turn between them. */

import { BLOCK, bitsSince, readBlock, readFrom } from './bits';
import { divideUp, mcuRows, mcusAcross, mcusDown, planeAt, planes } from './planes';
import { showRows } from './result';
import { endRow, fromRow, isBandShown } from './rows';
import { divide, INTERVAL } from './scan';
import { transform } from './transform';

export { makeTable } from './huffman';
export { allocate, clear } from './memory';
export { setPicture, setPlane } from './planes';
export { setResult } from './result';

/** What {@link decode} comes to. */
const MORE: i32 = 0;
const DONE: i32 = 1;
const UNREADABLE: i32 = -1;

/** The row of minimum coded units (MCUs) that comes next. */
let mcuRow: i32 = 0;
/** The restart intervals of the scan: where their entries are (see `divide`), and which one is read. */
let intervals: usize = 0;
let interval: i32 = 0;
/** MCUs of a restart interval, and how many of them are left. */
let intervalMcus: i32 = 0;
let left: i32 = 0;

/** How many restart intervals a scan has, each of so many MCUs; 0 for no restarts. */
function intervalsOf(restart: i32): i32 {
  return restart === 0 ? 1 : divideUp(mcusAcross * mcusDown, restart);
}

/**
 * Begins to decode.
 *
 * @param data    of the scan, up to the end of the picture, and 64 bytes behind it; it is changed
 * @param restart MCUs from one restart to the next; 0 for none
 * @returns whether it can be decoded
 */
export function begin(data: usize, bytes: i32, restart: i32): bool {
  intervals = divide(data, data + bytes, intervalsOf(restart));
  if (intervals === 0) return false;
  intervalMcus = restart === 0 ? mcusAcross * mcusDown : restart;
  mcuRow = 0;
  interval = -1;
  left = 0;
  // What the last picture may have left, if it ended within a block.
  clearBlock();
  return true;
}

/** Decodes some rows of MCUs: {@link MORE}, {@link DONE}, or {@link UNREADABLE} for what no encoder writes. */
export function decode(rows: i32): i32 {
  for (let i = 0; i < rows; i++) {
    const top = mcuRow * mcuRows;
    // A row more on each side, from which colour differences are mixed.
    const isWanted = top + mcuRows > fromRow - 1 && top < endRow + 1;
    if (!readMcuRow(isWanted)) return UNREADABLE;
    mcuRow++;
    if (isWanted) showRows(top, mcuRow === mcusDown);
    if (mcuRow === mcusDown) return isAtEnd() ? DONE : UNREADABLE;
    // What lies below a band is not read.
    if (isBandShown()) return DONE;
  }
  return MORE;
}

/** Reads a row of MCUs, and transforms it if it is wanted. */
function readMcuRow(isWanted: bool): bool {
  for (let mcu = 0; mcu < mcusAcross; mcu++) {
    if (left === 0 && !nextInterval()) return false;
    left--;
    for (let i = 0; i < planes; i++) {
      const plane = planeAt(i);
      for (let y = 0; y < plane.down; y++) {
        for (let x = 0; x < plane.across; x++) {
          const found = readBlock(plane.places, plane.dcTable, plane.acTable, plane.dc);
          if (found === -1) return false;
          plane.dc = found >> 8;
          const last = found & 255;
          if (isWanted) {
            const at =
              plane.rows + (1 + y * plane.edge) * plane.stride + (mcu * plane.across + x) * plane.edge;
            if (!transform(BLOCK, last, plane.edge, at, plane.stride)) return false;
          }
          if (last > 1) clearBlock();
        }
      }
    }
    if (bitsLeft() < 0) return false;
  }
  return true;
}

function clearBlock(): void {
  const zero = i8x16.splat(0);
  for (let at: usize = 0; at < 128; at += 16) v128.store(BLOCK + at, zero);
}

function nextInterval(): bool {
  if (interval >= 0 && !isAtEnd()) return false;
  interval++;
  left = intervalMcus;
  for (let i = 0; i < planes; i++) planeAt(i).dc = 0;
  readFrom(load<u32>(intervals + interval * INTERVAL));
  return true;
}

/** Bits of the restart interval that have not been read; below 0 where more have been read than there were. */
function bitsLeft(): i32 {
  const entry = intervals + interval * INTERVAL;
  return load<i32>(entry, 4) * 8 - bitsSince(load<u32>(entry));
}

/** Whether only the filling of its last byte is left of a restart interval. */
function isAtEnd(): bool {
  const bits = bitsLeft();
  return bits >= 0 && bits < 8;
}

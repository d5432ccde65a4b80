/** Decodes a baseline JPEG to a picture of a given size, some rows of units at a time, so that others have their turn between them. */
import { BLOCK, bitsSince, readBlock, readFrom } from './bits';
import { divideUp, planeAt, planes, unitRows, unitsAcross, unitsDown } from './planes';
import { endRow, fromRow, isBandShown, showRows } from './result';
import { divide, PIECE } from './scan';
import { transform } from './transform';

export { makeTable } from './huffman';
export { allocate, clear } from './memory';
export { setPicture, setPlane } from './planes';
export { setResult } from './result';

/** What {@link decode} comes to. */
const MORE: i32 = 0;
const DONE: i32 = 1;
const UNREADABLE: i32 = -1;

/** The row of units that comes next. */
let unitRow: i32 = 0;
/** The pieces of the scan's data, and which one is read. */
let pieces: usize = 0;
let piece: i32 = 0;
/** Units from restart to restart, and how many of them are left. */
let interval: i32 = 0;
let left: i32 = 0;

/** How many pieces a scan has, with a restart after so many units; 0 for none. */
function piecesOf(restart: i32): i32 {
  return restart === 0 ? 1 : divideUp(unitsAcross * unitsDown, restart);
}

/**
 * Begins to decode.
 *
 * @param data    of the scan, up to the end of the picture, and 64 bytes behind it; it is changed
 * @param restart units from one restart to the next; 0 for none
 * @returns whether it can be decoded
 */
export function begin(data: usize, bytes: i32, restart: i32): bool {
  pieces = divide(data, data + bytes, piecesOf(restart));
  if (pieces === 0) return false;
  interval = restart === 0 ? unitsAcross * unitsDown : restart;
  unitRow = 0;
  piece = -1;
  left = 0;
  // What the last picture may have left, if it ended within a block.
  clearBlock();
  return true;
}

/** Decodes some rows of units: {@link MORE}, {@link DONE}, or {@link UNREADABLE} for what no encoder writes. */
export function decode(rows: i32): i32 {
  for (let i = 0; i < rows; i++) {
    const top = unitRow * unitRows;
    // A row more on each side, from which colour differences are mixed.
    const isWanted = top + unitRows > fromRow - 1 && top < endRow + 1;
    if (!readUnits(isWanted)) return UNREADABLE;
    unitRow++;
    if (isWanted) showRows(top, unitRow === unitsDown);
    if (unitRow === unitsDown) return isAtEnd() ? DONE : UNREADABLE;
    // What lies below a band is not read.
    if (isBandShown()) return DONE;
  }
  return MORE;
}

/** Reads a row of units, and transforms it if it is wanted. */
function readUnits(isWanted: bool): bool {
  for (let unit = 0; unit < unitsAcross; unit++) {
    if (left === 0 && !nextPiece()) return false;
    left--;
    for (let i = 0; i < planes; i++) {
      const plane = planeAt(i);
      for (let y = 0; y < plane.down; y++) {
        for (let x = 0; x < plane.across; x++) {
          const found = readBlock(plane.places, plane.means, plane.others, plane.mean);
          if (found === -1) return false;
          plane.mean = found >> 8;
          const last = found & 255;
          if (isWanted) {
            const at =
              plane.rows + (1 + y * plane.edge) * plane.stride + (unit * plane.across + x) * plane.edge;
            transform(BLOCK, last, plane.edge, at, plane.stride);
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

function nextPiece(): bool {
  if (piece >= 0 && !isAtEnd()) return false;
  piece++;
  left = interval;
  for (let i = 0; i < planes; i++) planeAt(i).mean = 0;
  readFrom(load<u32>(pieces + piece * PIECE));
  return true;
}

/** Bits of the piece that have not been read; below 0 where more have been read than there were. */
function bitsLeft(): i32 {
  const entry = pieces + piece * PIECE;
  return load<i32>(entry, 4) * 8 - bitsSince(load<u32>(entry));
}

/** Whether nothing of a piece is left but what fills its last byte. */
function isAtEnd(): bool {
  const bits = bitsLeft();
  return bits >= 0 && bits < 8;
}

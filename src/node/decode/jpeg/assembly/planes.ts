/** The planes of a picture ("components" in T.81): how they are coded, and how many samples of them are made. */

import { makePlaces } from './bits';
import { allocate } from './memory';
import { BEHIND, BESIDE } from './rows';

const BLOCK_EDGE: i32 = 8;

/** One of the picture's planes: luma, or one of the colour differences. */
export class Plane {
  /** Blocks of a minimum coded unit (MCU), each way. */
  across: i32 = 0;
  down: i32 = 0;
  /** Where its tables are: see `readBlock`. */
  places: usize = 0;
  dcTable: usize = 0;
  acTable: usize = 0;
  /** Samples of a block, each way, and of the whole plane. */
  edge: i32 = 0;
  width: i32 = 0;
  height: i32 = 0;
  /** For how many pixels a sample stands, each way. */
  timesAcross: i32 = 0;
  timesDown: i32 = 0;
  /** Rows of samples: the last one of the MCUs above, and then those of this row of MCUs. */
  rows: usize = 0;
  stride: i32 = 0;
  /** The DC coefficient of the block before, as it is coded. */
  dc: i32 = 0;
}

/** Bytes of a plane's fields, of which there are three at most. */
const PLANE: usize = 64;
const PLANES: usize = memory.data(192, 16);

/** How many there are: 1 or 3. */
export let planes: i32 = 0;
/** Size of the picture as it is decoded, before it is made smaller. */
export let width: i32 = 0;
export let height: i32 = 0;
/** MCUs, each way, and how many rows of pixels one has. */
export let mcusAcross: i32 = 0;
export let mcusDown: i32 = 0;
export let mcuRows: i32 = 0;
/** Rows at the end of an MCU that the samples of the next one are wanted for. */
export let waiting: i32 = 0;

export function planeAt(i: i32): Plane {
  return changetype<Plane>(PLANES + i * PLANE);
}

/**
 * Says how a plane is coded.
 *
 * @param acrossMcu  blocks of an MCU, each way
 * @param quantizers 64 bytes, in zigzag order
 * @param dcTable    the Huffman table of DC coefficients; `acTable` that of AC coefficients: see `makeTable`
 */
export function setPlane(
  i: i32,
  acrossMcu: i32,
  downMcu: i32,
  quantizers: usize,
  dcTable: usize,
  acTable: usize,
): void {
  const plane = planeAt(i);
  plane.across = acrossMcu;
  plane.down = downMcu;
  plane.places = makePlaces(quantizers);
  plane.dcTable = dcTable;
  plane.acTable = acTable;
}

/**
 * Says how large the picture is, and by how much it is shrunk on the way. Its planes are known by then, the first one has the most
 * blocks of an MCU.
 *
 * @param count  planes: 1 or 3
 * @param factor 1, 2, 4 or 8
 */
export function setPicture(fullWidth: i32, fullHeight: i32, count: i32, factor: i32): void {
  planes = count;
  const most = planeAt(0);
  const edge = BLOCK_EDGE / factor;
  // As libvips has it: what is left over at the right and at the bottom is left out.
  width = fullWidth / factor;
  height = fullHeight / factor;
  mcusAcross = divideUp(fullWidth, BLOCK_EDGE * most.across);
  mcusDown = divideUp(fullHeight, BLOCK_EDGE * most.down);
  mcuRows = most.down * edge;
  waiting = 0;
  for (let i = 0; i < count; i++) {
    const plane = planeAt(i);
    plane.edge = edge;
    // With half of the samples both ways, a plane need only be shrunk by half as much.
    if (edge < BLOCK_EDGE && plane.across * 2 <= most.across && plane.down * 2 <= most.down) plane.edge *= 2;
    plane.width = divideUp(fullWidth * plane.across * plane.edge, most.across * BLOCK_EDGE);
    plane.height = divideUp(fullHeight * plane.down * plane.edge, most.down * BLOCK_EDGE);
    plane.timesAcross = (most.across * edge) / (plane.across * plane.edge);
    plane.timesDown = mcuRows / (plane.down * plane.edge);
    if (plane.timesDown > 1) waiting = 1;
    plane.stride = BESIDE + mcusAcross * plane.across * plane.edge + BEHIND;
    plane.rows = allocate(plane.stride * (1 + plane.down * plane.edge)) + BESIDE;
    plane.dc = 0;
  }
}

/** Keeps the last row of samples of each plane: the MCUs below may be mixed with it. */
export function keepLastRows(): void {
  for (let i = 0; i < planes; i++) {
    const plane = planeAt(i);
    const start = plane.rows - BESIDE;
    memory.copy(start, start + plane.stride * plane.down * plane.edge, plane.stride);
  }
}

/** Repeats the first and the last sample of each row beside it, where there are fewer samples than pixels. */
export function repeatEnds(): void {
  for (let i = 0; i < planes; i++) {
    const plane = planeAt(i);
    if (plane.timesAcross === 1) continue;
    let at = plane.rows;
    for (let y = 0; y < plane.down * plane.edge; y++) {
      at += plane.stride;
      store<u8>(at - 1, load<u8>(at));
      store<u8>(at + plane.width, load<u8>(at + plane.width - 1));
    }
  }
}

export function divideUp(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

import { setImmediate } from 'node:timers/promises';
import type { Rows } from '../../../core/image/finer.ts';
import { jpegFactor, type Size } from '../../../core/image/working-size.ts';
import type { Orientation } from '../../../core/inspection.ts';
import { isTrap } from '../../../core/kernels/wasm.ts';
import { type Baseline, type PlaneSpec, readBaseline } from './baseline.ts';
import { giveBack, type Machine, takeMachine } from './machine.ts';

/** What is wanted of a picture. */
export interface Wanted {
  /** The size of the whole of it, not turned. */
  readonly target: Size;
  readonly orientation: Orientation;
  /** Whether the file has its end marker; without one it is taken for ended where its bytes are. */
  readonly isEnded: boolean;
  /** Rows of `target`; all if left out. Only of a picture that isn't turned. */
  readonly rows?: Rows | undefined;
}

const PIXEL = 3;
const BLOCK_EDGE = 8;
/** Bytes that may be read and written behind data. */
const BEHIND = 64;
/** A Huffman table's specification, with as many symbols as there can be. */
const SPEC_BYTES = 272;

const END_MARKER = Uint8Array.of(0xff, 0xd9);
const NOTHING = new Uint8Array(0);

/** What the decoder answers: it goes on, it is done, or it gives up. */
const DONE = 1;
const UNREADABLE = -1;

/** How long a decoding runs before others have their turn, in milliseconds. */
const TURN_MS = 5;
/** Pixels that are decoded between two looks at the clock: a good half of a millisecond's. */
const LOOK_PIXELS = 200_000;

/** What is smaller is left to sharp: there libjpeg has rules for rows and columns that lack neighbours. */
const LEAST_EDGE = 16;
/** The most that rows and columns are made smaller by, beside the factors by which the transform does it. */
const MOST_REDUCED = 3;

/**
 * Decodes a baseline JPEG to a smaller, upright picture: the pixels that sharp makes of it, to the last bit, in two thirds of the
 * time. It is WebAssembly, which sees nothing but its own memory, so that hostile bytes reach nothing else.
 *
 * What it does not read is left to sharp, which also says what is wrong with it: other kinds of JPEG, and damaged ones.
 *
 * @param bytes a JPEG whose header has been read; it may change as soon as this returns
 * @returns R, G, B; null for what is left to sharp
 */
export async function decodeBaseline(bytes: Uint8Array, wanted: Wanted): Promise<Uint8Array | null> {
  const baseline = readBaseline(bytes);
  if (baseline === null) return null;
  const factor = shrinkFactor(baseline, wanted.target);
  if (factor === null) return null;
  const machine = takeMachine();
  if (machine === null) return null;
  try {
    const pixels = await decodeOn(machine, bytes, baseline, wanted, factor);
    giveBack(machine);
    return pixels;
  } catch (error) {
    if (isTrap(error)) return null;
    throw error;
  }
}

/** By how much the transform shrinks a picture; null for what is left to sharp. */
function shrinkFactor({ width, height }: Baseline, target: Size): number | null {
  if (Math.min(width, height) < LEAST_EDGE) return null;
  const factor = Math.min(jpegFactor(width, target.width), jpegFactor(height, target.height));
  const reduced = [Math.floor(width / factor) / target.width, Math.floor(height / factor) / target.height];
  return reduced.every((one) => one >= 1 && one <= MOST_REDUCED) ? factor : null;
}

async function decodeOn(
  machine: Machine,
  bytes: Uint8Array,
  baseline: Baseline,
  { target, orientation, isEnded, rows = { firstRow: 0, end: target.height } }: Wanted,
  factor: number,
): Promise<Uint8Array | null> {
  machine.clear();
  if (!setPlanes(machine, baseline.planes)) return null;
  machine.setPicture(baseline.width, baseline.height, baseline.planes.length, factor);
  const length = (rows.end - rows.firstRow) * target.width * PIXEL;
  const { origin, step, stride } = layOut(target, orientation);
  const at = machine.setResult(
    target.width,
    target.height,
    rows.firstRow,
    rows.end,
    length,
    origin,
    step,
    stride,
  );
  const data = bytes.subarray(baseline.data, isEnded ? undefined : endOfData(bytes));
  const dataAt = put(machine, data, data.length + BEHIND);
  const marker = isEnded ? NOTHING : END_MARKER;
  new Uint8Array(machine.memory.buffer).set(marker, dataAt + data.length);
  if (!machine.begin(dataAt, data.length + marker.length, baseline.restart)) return null;

  const mcuRowPixels = baseline.width * BLOCK_EDGE * baseline.planes[0].down;
  const atOnce = Math.max(1, Math.floor(LOOK_PIXELS / mcuRowPixels));
  let turn = performance.now();
  let state = machine.decode(atOnce);
  while (state !== DONE && state !== UNREADABLE) {
    if (performance.now() - turn > TURN_MS) {
      await setImmediate();
      turn = performance.now();
    }
    state = machine.decode(atOnce);
  }
  if (state !== DONE) return null;
  const pixels = Buffer.allocUnsafeSlow(length);
  pixels.set(new Uint8Array(machine.memory.buffer, at, length));
  return pixels;
}

/** @returns false when one of the tables cannot be made */
function setPlanes(machine: Machine, planes: readonly PlaneSpec[]): boolean {
  const tables = new Map<Uint8Array, number>();
  const tableOf = (spec: Uint8Array, isDc: boolean) => {
    const known = tables.get(spec) ?? machine.makeTable(put(machine, spec, SPEC_BYTES), isDc);
    tables.set(spec, known);
    return known;
  };
  return planes.every(({ across, down, quantizers, dcTable, acTable }, i) => {
    const dcAt = tableOf(dcTable, true);
    const acAt = tableOf(acTable, false);
    machine.setPlane(i, across, down, put(machine, quantizers, quantizers.length), dcAt, acAt);
    return dcAt !== 0 && acAt !== 0;
  });
}

/** Where the data of a file ends that has no end marker, or half of one. */
function endOfData(bytes: Uint8Array): number {
  let end = bytes.length;
  while (bytes[end - 1] === 0xff) end--;
  return end;
}

/** Puts bytes into a new piece of memory of a given size. */
function put(machine: Machine, bytes: Uint8Array, size: number): number {
  const at = machine.allocate(size);
  // After each growth it is another buffer.
  new Uint8Array(machine.memory.buffer).set(bytes, at);
  return at;
}

/** Where pixels go in a picture that is turned upright, in bytes: the first one, and from it to the next one and to the next row's. */
function layOut({ width, height }: Size, orientation: Orientation) {
  const uprightWidth = orientation >= 5 ? height : width;
  const placeOf = (x: number, y: number) => {
    const right = width - 1 - x;
    const below = height - 1 - y;
    const [column, row] = [
      [x, y],
      [right, y],
      [right, below],
      [x, below],
      [y, x],
      [below, x],
      [below, right],
      [y, right],
    ][orientation - 1];
    return (row * uprightWidth + column) * PIXEL;
  };
  const origin = placeOf(0, 0);
  return { origin, step: placeOf(1, 0) - origin, stride: placeOf(0, 1) - origin };
}

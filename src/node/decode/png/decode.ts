import { createInflate, type Inflate } from 'node:zlib';
import type { Size } from '../../../core/image/working-size.ts';
import { isTrap } from '../../../core/kernels/wasm.ts';
import { deflatedData, type PlainPng } from './chunks.ts';
import { type Machine, machines } from './machine.ts';

const PIXEL = 3;
/** So much data is inflated at a time: pixels out of it take a good half of a millisecond. */
const PIECE_BYTES = 256 * 1024;
/** The most that rows and columns are made smaller by: from 4 on, libvips does it in two steps. */
const MOST_REDUCED = 3;

/**
 * Decodes the usual kind of PNG: the pixels that sharp makes of it, in less time. zlib inflates, on another thread, and WebAssembly makes pixels of
 * it, which sees nothing but its own memory.
 *
 * What is damaged in any way is left to sharp, which says what is wrong with it.
 *
 * @param png    what `readPlainPng` said of these bytes
 * @param target size of the result
 * @returns R, G, B; null for what is left to sharp
 */
export async function decodePlainPng(
  bytes: Uint8Array,
  png: PlainPng,
  target: Size,
): Promise<Uint8Array | null> {
  if (Math.max(png.width / target.width, png.height / target.height) > MOST_REDUCED) return null;
  const machine = machines.take();
  if (machine === null) return null;
  try {
    const pixels = await decodeOn(machine, bytes, png, target);
    machines.giveBack(machine);
    return pixels;
  } catch (error) {
    if (isTrap(error) || isDamage(error)) return null;
    throw error;
  }
}

async function decodeOn(
  machine: Machine,
  bytes: Uint8Array,
  { width, height, bytesOfPixel, firstIdat }: PlainPng,
  target: Size,
): Promise<Uint8Array | null> {
  machine.clear();
  const made = machine.setPicture(width, height, bytesOfPixel, target.width, target.height, PIECE_BYTES);
  const memory = new Uint8Array(machine.memory.buffer);
  const pixels = Buffer.allocUnsafeSlow(target.width * target.height * PIXEL);
  // In front of each row stands the number of its filter.
  let left = height * (1 + width * bytesOfPixel);
  let filled = 0;
  const inflated = createInflate({ chunkSize: PIECE_BYTES });
  void feed(inflated, deflatedData(bytes, firstIdat));
  for await (const piece of inflated as AsyncIterable<Uint8Array>) {
    left -= piece.length;
    if (left < 0) return null;
    memory.set(piece, machine.dataEnd());
    const count = machine.take(piece.length);
    if (count < 0) return null;
    pixels.set(memory.subarray(made, made + count), filled);
    filled += count;
  }
  return left === 0 ? pixels : null;
}

/** Writes piece by piece, each when the one before it has been used; it ends with the stream, whose reader hears of damage. */
async function feed(inflated: Inflate, pieces: Iterable<Uint8Array>): Promise<void> {
  for (const piece of pieces) {
    const failed = await new Promise((resolve) => inflated.write(piece, resolve));
    if (failed) return;
  }
  inflated.end();
}

/** Whether zlib cannot read what it was given. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

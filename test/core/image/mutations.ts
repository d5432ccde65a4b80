/** Damage for files, the same for the same seed. */
import { crc32 } from 'node:zlib';

/** A generator of numbers from 0 up to, not including, `limit` (mulberry32). */
export function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Values at the edges of what a field can hold, and of what the limits allow. */
const EXTREMES = [
  0, 1, 2, 0x7f, 0x80, 0xff, 4096, 4097, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];
/** Where a header's fields are, in all formats. */
const HEADER_BYTES = 140;

type Pick = (limit: number) => number;

/** 1 to 10 bytes changed anywhere. */
function flip(file: Buffer, pick: Pick): Buffer {
  const damaged = Buffer.from(file);
  for (let i = pick(10); i >= 0; i--) damaged[pick(damaged.length)] ^= 1 + pick(255);
  return damaged;
}

/** The end missing, or a stretch in the middle. */
function cut(file: Buffer, pick: Pick): Buffer {
  const from = pick(file.length);
  return pick(2) === 0
    ? file.subarray(0, from)
    : Buffer.concat([file.subarray(0, from), file.subarray(from + pick(200))]);
}

/** The start of one file and the end of another. */
function splice(file: Buffer, pick: Pick, others: readonly Buffer[]): Buffer {
  const other = others[pick(others.length)];
  return Buffer.concat([file.subarray(0, pick(file.length)), other.subarray(pick(other.length))]);
}

/** One to three fields of the header set to extremes, of 1, 2 or 4 bytes, in either byte order. */
function exaggerate(file: Buffer, pick: Pick): Buffer {
  const damaged = Buffer.from(file);
  for (let i = pick(3); i >= 0; i--) {
    const size = [1, 2, 4][pick(3)];
    const at = pick(Math.min(HEADER_BYTES, damaged.length - size));
    const value = EXTREMES[pick(EXTREMES.length)] % 256 ** size;
    if (pick(2) === 0) damaged.writeUIntLE(value, at, size);
    else damaged.writeUIntBE(value, at, size);
  }
  // A header chunk that did not match its checksum would hide its fields from the decoder.
  if (damaged.toString('latin1', 12, 16) === 'IHDR')
    damaged.writeUInt32BE(crc32(damaged.subarray(12, 29)), 29);
  return damaged;
}

const KINDS = [flip, cut, splice, exaggerate];

/** One file out of `files`, damaged in one way. */
export function mutate(files: readonly Buffer[], pick: Pick): Buffer {
  return KINDS[pick(KINDS.length)](files[pick(files.length)], pick, files);
}

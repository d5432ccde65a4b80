/** Pictures that are as expensive to decode as their format and the limits allow, and ordinary ones beside them. */
import { deflateSync } from 'node:zlib';
import { MAX_CODE_GROUPS } from '../src/core/image/webp-codes.ts';
import { chunk, ihdr, insertAfterHeader, riffChunk, vp8x, webp } from '../test/core/image/header-writer.ts';
import {
  EMPTY_TABLES,
  emptyDc,
  frameOf,
  huffman,
  jpegOf,
  manyScans,
  refinements,
  type Sampling,
  scanOf,
} from '../test/core/image/jpeg-writer.ts';
import { generator } from '../test/core/image/mutations.ts';
import { draw, encoder } from '../test/core/image/pictures.ts';
import { PLAIN, processing, profileOf } from '../test/core/image/profile-writer.ts';
import { groupsOfCodes } from '../test/core/image/vp8l-writer.ts';

/** The longest edge that is accepted. */
export const EDGE = 4096;
const BLOCKS = (EDGE / 8) ** 2;
const THREE: readonly Sampling[] = [
  [1, 1],
  [1, 1],
  [1, 1],
];
const GREY: readonly Sampling[] = [[1, 1]];

/** A format, in the way that a picture of it is decoded. */
export type Kind =
  | 'JPEG'
  | 'JPEG, progressive'
  | 'JPEG, grey'
  | 'JPEG, lossless'
  | 'PNG'
  | 'PNG, 16 bits'
  | 'WebP';

interface Bomb {
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
}

/** A drawing with the noise of a camera. */
function photo() {
  const random = generator(3);
  const raw = draw(EDGE, EDGE);
  for (let i = 0; i < raw.data.length; i++) raw.data[i] += random(8);
  return encoder(raw);
}

/** An ordinary picture of a kind. */
export function ordinary(kind: Kind): Promise<Buffer> {
  switch (kind) {
    case 'JPEG':
      return photo().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
    case 'JPEG, progressive':
      return photo().jpeg({ chromaSubsampling: '4:4:4', progressive: true }).toBuffer();
    case 'JPEG, grey':
      return photo().toColourspace('b-w').jpeg({ progressive: true }).toBuffer();
    case 'JPEG, lossless':
      return Promise.resolve(lossless([[0, 1, 2]]));
    case 'PNG':
      return encoder(draw(EDGE, EDGE)).png().toBuffer();
    case 'PNG, 16 bits':
      return Promise.resolve(png(16, 6, 0));
    case 'WebP':
      return photo().webp({ lossless: true, effort: 0 }).toBuffer();
  }
}

const TABLES = Buffer.concat([huffman(0, 1, [0]), huffman(1, 1, [0])]);

function sequential(rounds: number): Buffer {
  const data = Buffer.alloc(BLOCKS / 4);
  const scans = Array.from({ length: rounds }, () =>
    [0, 1, 2].map((one) => scanOf({ components: [one], data })),
  );
  return jpegOf(frameOf(0xc0, EDGE, EDGE, THREE), TABLES, ...scans.flat());
}

function progressive(samplings: readonly Sampling[], passes: number): Buffer {
  const scans = samplings.flatMap((_, component) => refinements(passes, BLOCKS, component));
  const dc = emptyDc(
    BLOCKS * samplings.length,
    samplings.map((_, i) => i),
  );
  return jpegOf(frameOf(0xc2, EDGE, EDGE, samplings), EMPTY_TABLES, dc, ...scans);
}

function lossless(scans: readonly (readonly number[])[]): Buffer {
  const parts = scans.map((components) =>
    scanOf({ components, band: [1, 0], data: Buffer.alloc((EDGE * EDGE * components.length) / 8) }),
  );
  return jpegOf(frameOf(0xc3, EDGE, EDGE, THREE), huffman(0, 1, [0]), ...parts);
}

/** A black PNG. */
function png(depth: number, colour: number, interlace: 0 | 1, filter = 0): Buffer {
  const header = ihdr(EDGE, EDGE, depth, colour);
  header[12] = interlace;
  const pixelBytes = (depth / 8) * (colour === 6 ? 4 : 3);
  const row = EDGE * pixelBytes + 1;
  // The seven passes have 1.9 rows for each of the picture's.
  const data = Buffer.alloc(interlace === 1 ? EDGE * EDGE * pixelBytes + 2 * EDGE : row * EDGE);
  if (interlace === 0) for (let y = 0; y < EDGE; y++) data[y * row] = filter;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND'),
  ]);
}

/** A square frame of an animated WebP. */
function frameChunk(edge: number, picture: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUIntLE(edge - 1, 6, 3);
  header.writeUIntLE(edge - 1, 9, 3);
  return riffChunk('ANMF', Buffer.concat([header, picture]));
}

/** The most expensive ones that are let through. */
export const ACCEPTED: readonly (Bomb & { readonly kind: Kind })[] = [
  { kind: 'JPEG', name: 'two scans for each colour', make: () => sequential(2) },
  { kind: 'JPEG, progressive', name: 'nearly eight passes', make: () => progressive(THREE, 7) },
  { kind: 'JPEG, grey', name: 'nearly eight passes', make: () => progressive(GREY, 7) },
  {
    kind: 'JPEG, grey',
    name: '28 scans of DC',
    make: () => jpegOf(frameOf(0xc2, EDGE, EDGE, GREY), EMPTY_TABLES, ...new Array(28).fill(emptyDc(BLOCKS))),
  },
  {
    kind: 'JPEG, lossless',
    name: 'two scans for each colour',
    make: () => lossless(new Array(2).fill([[0], [1], [2]]).flat()),
  },
  { kind: 'PNG, 16 bits', name: 'the dearest filter', make: () => png(16, 6, 0, 4) },
  { kind: 'PNG, 16 bits', name: 'interlaced', make: () => png(16, 6, 1) },
  {
    kind: 'PNG',
    name: 'a thousand texts that inflate to 8 MB',
    make: async () => {
      const text = Buffer.concat([Buffer.from('a\0\0', 'latin1'), deflateSync(Buffer.alloc(7.9e6))]);
      const texts = Buffer.concat(new Array(1000).fill(chunk('zTXt', text)));
      return insertAfterHeader(await encoder(draw(EDGE, EDGE)).png().toBuffer(), texts);
    },
  },
  {
    kind: 'PNG',
    name: 'a profile of 500,000 calculations',
    make: async () => {
      const profile = deflateSync(profileOf([...PLAIN, ['D2B0', processing(500_000)]]));
      const data = Buffer.concat([Buffer.from('a\0\0', 'latin1'), profile]);
      return insertAfterHeader(await encoder(draw(EDGE, EDGE)).png().toBuffer(), chunk('iCCP', data));
    },
  },
  {
    kind: 'WebP',
    name: 'as many groups of codes as allowed',
    make: () => groupsOfCodes(EDGE, MAX_CODE_GROUPS),
  },
  {
    kind: 'WebP',
    name: 'a hundred thousand frames',
    make: async () => {
      const still = (await photo().webp({ lossless: true, effort: 0 }).toBuffer()).subarray(12);
      const dot = (await encoder(draw(1, 1)).webp({ lossless: true }).toBuffer()).subarray(12);
      const dots = Buffer.concat(new Array(100_000).fill(frameChunk(1, dot)));
      return webp(vp8x(EDGE, EDGE, 2), riffChunk('ANIM', Buffer.alloc(6)), frameChunk(EDGE, still), dots);
    },
  },
];

/** What is refused. */
export const REFUSED: readonly Bomb[] = [
  { name: 'JPEG, 100 scans', make: () => manyScans(EDGE, 99) },
  { name: 'JPEG, 250,000 scans', make: () => manyScans(EDGE, 250_000) },
  { name: 'WebP, 65,536 groups of codes', make: () => groupsOfCodes(EDGE, 65_536) },
];

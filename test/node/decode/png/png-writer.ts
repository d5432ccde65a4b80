/** PNGs whose filters, chunks and checksums are chosen, in ways that no encoder at hand does. */
import { crc32, deflateSync } from 'node:zlib';
import { chunk } from '../../../core/image/header-writer.ts';
import { generator } from '../../../core/image/mutations.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** PNG's colour types (PNG 3rd edition, table 8). */
export const COLOUR = { grey: 0, rgb: 2, palette: 3, rgba: 6 } as const;
/** Bytes of a pixel of 8 bits a sample. */
const PIXEL_BYTES = new Map<number, number>([
  [COLOUR.grey, 1],
  [COLOUR.rgb, 3],
  [COLOUR.palette, 1],
  [COLOUR.rgba, 4],
]);

/** How a PNG is written. */
export interface PngSpec {
  readonly width: number;
  readonly height: number;
  /** RGB if left out. */
  readonly colour?: number;
  readonly depth?: number;
  readonly interlace?: number;
  /** The filter of each row; all of them in turns if left out. */
  readonly filter?: number | undefined;
  /** What stands between the header and the pixels. */
  readonly before?: Buffer;
  /** Changes the filtered rows. */
  readonly rows?: (rows: Buffer) => Buffer;
  /** Changes the deflated rows. */
  readonly deflated?: (data: Buffer) => Buffer;
  /** Bytes of a chunk of pixels; all in one if left out. */
  readonly chunkBytes?: number;
  /** Bytes of the last chunk, which says that the picture ends; none for an empty buffer. */
  readonly end?: Buffer;
}

/** A PNG of filtered bytes that are random, most of them small: whatever its filters are, it has a picture. */
export function writePng(spec: PngSpec): Buffer {
  const { width, height, colour = COLOUR.rgb, depth = 8, interlace = 0, before = Buffer.alloc(0) } = spec;
  const data = (spec.deflated ?? same)(deflateSync((spec.rows ?? same)(randomRows(spec))));
  const { chunkBytes = data.length, end = chunk('IEND', Buffer.alloc(0)) } = spec;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlace], 8);
  const chunks: Buffer[] = [];
  for (let at = 0; at < data.length; at += chunkBytes) {
    chunks.push(chunk('IDAT', data.subarray(at, at + chunkBytes)));
  }
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), before, ...chunks, end]);
}

/** Gives a chunk whose checksum is wrong. */
export function brokenChunk(type: string, data: Buffer): Buffer {
  const broken = chunk(type, data);
  broken.writeUInt32BE((crc32(broken.subarray(4, -4)) ^ 1) >>> 0, broken.length - 4);
  return broken;
}

function randomRows({ width, height, colour = COLOUR.rgb, depth = 8, filter }: PngSpec): Buffer {
  const pick = generator(width * 1000 + height + colour);
  const rowBytes = Math.ceil((width * (PIXEL_BYTES.get(colour) ?? 1) * depth) / 8);
  const rows = Buffer.alloc(height * (1 + rowBytes));
  for (let i = 0; i < rows.length; i++) {
    const row = Math.floor(i / (1 + rowBytes));
    if (i % (1 + rowBytes) === 0) rows[i] = filter ?? row % 5;
    else rows[i] = pick(3) === 0 ? pick(256) : pick(9) - 4;
  }
  return rows;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

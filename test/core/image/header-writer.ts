/** Starts of JPEG, PNG and WebP files, written byte by byte: as much as a header reader looks at. */
import { crc32 } from 'node:zlib';

/** A TIFF block with one directory, holding an orientation among other entries. */
export function tiff(
  orientation: number,
  options: { bigEndian?: boolean; type?: number; count?: number } = {},
): Buffer {
  const { bigEndian = false, type = 3, count = 1 } = options;
  const block = Buffer.alloc(8 + 2 + 3 * 12 + 4);
  const u16 = (value: number, at: number) =>
    bigEndian ? block.writeUInt16BE(value, at) : block.writeUInt16LE(value, at);
  const u32 = (value: number, at: number) =>
    bigEndian ? block.writeUInt32BE(value, at) : block.writeUInt32LE(value, at);
  block.write(bigEndian ? 'MM' : 'II', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(3, 8);
  [0x010f, 0x0112, 0x0128].forEach((tag, i) => {
    const at = 10 + i * 12;
    u16(tag, at);
    u16(tag === 0x0112 ? type : 3, at + 2);
    u32(tag === 0x0112 ? count : 1, at + 4);
    u16(tag === 0x0112 ? orientation : 99, at + 8);
  });
  return block;
}

/** The block as JPEG has it. */
export function exif(...args: Parameters<typeof tiff>): Buffer {
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff(...args)]);
}

/** A JPEG segment with its length. */
export function segment(marker: number, data: Uint8Array | number): Buffer {
  const body = typeof data === 'number' ? Buffer.alloc(data) : data;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A frame header of three components. */
export function frame(width: number, height: number, marker = 0xc0): Buffer {
  const body = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return segment(marker, body);
}

/** A JPEG of these segments, up to the first bytes of its scan. */
export function jpeg(...segments: Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, segment(0xda, 10), Buffer.from([1, 2, 3])]);
}

/** A PNG chunk; with `checksum` false, one that does not match its checksum. */
export function chunk(type: string, data: Uint8Array = Buffer.alloc(0), checksum = true): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(checksum ? crc32(named) : 1, named.length + 4);
  return framed;
}

/** The data of an IHDR chunk. */
export function ihdr(width: number, height: number, depth = 8, colour = 2): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour], 8);
  return data;
}

/** A PNG of these chunks, the header's included, up to its first IDAT. */
export function png(...chunks: Uint8Array[]): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunks,
    chunk('IDAT', Buffer.alloc(5)),
  ]);
}

/** The chunk that makes a PNG an animation. */
export function animation(frames: number): Buffer {
  return chunk('acTL', Buffer.from([0, 0, 0, frames, 0, 0, 0, 0]));
}

/** A PNG file with one more chunk, right behind its header. */
export function insertAfterHeader(file: Buffer, extra: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, 33), extra, file.subarray(33)]);
}

/** A RIFF chunk, padded to an even length. */
export function riffChunk(type: string, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(8 + data.length + (data.length & 1));
  framed.write(type, 0, 'latin1');
  framed.writeUInt32LE(data.length, 4);
  framed.set(data, 8);
  return framed;
}

/** A WebP of these chunks. */
export function webp(...chunks: Uint8Array[]): Buffer {
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]));
}

/** The start of a lossy picture's data. */
export function vp8(width: number, height: number): Buffer {
  const data = Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 0, 0]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riffChunk('VP8 ', data);
}

/** The start of a lossless picture's data. */
export function vp8l(width: number, height: number, length = 12): Buffer {
  const data = Buffer.alloc(length);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return riffChunk('VP8L', data);
}

/** An extended header; `flags`: 2 animation, 8 EXIF, 16 alpha. */
export function vp8x(width: number, height: number, flags: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riffChunk('VP8X', data);
}

import { expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { chunk, insertAfterHeader, riffChunk, segment, vp8x, webp } from './header-writer.ts';
import { draw, encoder } from './pictures.ts';

const ORIENTATION = 6;
const EXIF_POINTER = 0x8769;
const ENTRY_BYTES = 12;

/** EXIF whose directory has an orientation, and pointers to itself in all other entries. */
function loops(length: number): Buffer {
  const entries = Math.min(Math.floor((length - 14) / ENTRY_BYTES), 65_535);
  const block = Buffer.alloc(length);
  block.write('II', 0, 'latin1');
  block.writeUInt16LE(42, 2);
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(entries, 8);
  for (let i = 0; i < entries; i++) {
    const at = 10 + i * ENTRY_BYTES;
    block.writeUInt16LE(i === 0 ? 0x0112 : EXIF_POINTER, at);
    block.writeUInt16LE(i === 0 ? 3 : 4, at + 2);
    block.writeUInt32LE(1, at + 4);
    block.writeUInt32LE(i === 0 ? ORIENTATION : 8, at + 8);
  }
  block.writeUInt32LE(8, 10 + entries * ENTRY_BYTES);
  return block;
}

const raw = draw(96, 64);
const [jpeg, png, still] = await Promise.all([
  encoder(raw).jpeg().toBuffer(),
  encoder(raw).png().toBuffer(),
  encoder(raw).webp({ lossless: true }).toBuffer(),
]);
const app1 = (text: string) => segment(0xe1, Buffer.concat([Buffer.from(text, 'latin1'), loops(65_000)]));
const inJpeg = (...segments: Buffer[]) => Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

const FILES: [string, Buffer, Buffer][] = [
  ['a JPEG', jpeg, inJpeg(app1('Exif\0\0'))],
  ['a JPEG, many times', jpeg, inJpeg(...new Array(100).fill(app1('Exif\0\0')))],
  ['a JPEG, with another spelling', jpeg, inJpeg(app1('Exif\0\0'), app1('Exif'), app1('Exif\x01\x02'))],
  ['a PNG', png, insertAfterHeader(png, chunk('eXIf', loops(780_000)))],
  ['a WebP', still, webp(vp8x(96, 64, 8), still.subarray(12), riffChunk('EXIF', loops(780_000)))],
];

it.each(FILES)(
  'EXIF that leads round in circles costs nothing in %s, and turns it',
  async (_, plain, file) => {
    const header = readHeader(file, true);
    expect(header.orientation).toBe(ORIENTATION);
    const before = process.cpuUsage();
    const found = await decodeImage(file, header);
    const { user, system } = process.cpuUsage(before);
    // libexif would take eight seconds in a JPEG, and longer in the others.
    expect((user + system) / 1000).toBeLessThan(500);
    const expected = await decodeImage(plain, { ...readHeader(plain, true), orientation: ORIENTATION });
    expect(Buffer.compare(found.data, expected.data)).toBe(0);
  },
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BLOCKS } from '../../../src/core/image/blocks.ts';
import { readHeader, sniffFormat } from '../../../src/core/image/header.ts';
import type { ImageHeader } from '../../../src/core/inspection.ts';
import { DetectError } from '../../../src/errors.ts';
import { bmpSamples } from './bmp-samples.ts';
import {
  animation,
  chunk,
  exif,
  frame,
  ihdr,
  jpeg,
  png,
  riffChunk,
  segment,
  tiff,
  vp8,
  vp8l,
  vp8x,
  webp,
} from './header-writer.ts';

const header = (
  format: ImageHeader['format'],
  width: number,
  height: number,
  rest: Partial<ImageHeader> = {},
): ImageHeader => ({ format, width, height, orientation: 1, animated: false, ...rest });

const bytes = (...values: number[]) => Uint8Array.from(values);
const EXIF_FLAG = 8;
const ANIMATION_FLAG = 2;
const sixMegabytes = Array.from({ length: 100 }, () => segment(0xe2, 65_000));

const READABLE: [string, Uint8Array, ImageHeader][] = [
  ['a JPEG', jpeg(segment(0xe0, 14), frame(640, 480)), header('jpeg', 640, 480)],
  ...[0xc1, 0xc2, 0xc3].map((marker): [string, Uint8Array, ImageHeader] => [
    `a JPEG with SOF${marker - 0xc0}`,
    jpeg(frame(3, 4, marker)),
    header('jpeg', 3, 4),
  ]),
  ['a JPEG with megabytes of profiles', jpeg(...sixMegabytes, frame(9, 8)), header('jpeg', 9, 8)],
  ['a JPEG with fill bytes', jpeg(bytes(0xff, 0xff, 0xff), frame(9, 8)), header('jpeg', 9, 8)],
  [
    'a JPEG with stray bytes',
    jpeg(segment(0xe0, 14), bytes(0, 0x12, 0x34), frame(9, 8)),
    header('jpeg', 9, 8),
  ],
  [
    'a JPEG with markers that stand alone',
    jpeg(bytes(0xff, 0x01, 0xff, 0xd3), frame(9, 8)),
    header('jpeg', 9, 8),
  ],
  [
    'a JPEG with tables before its frame',
    jpeg(segment(0xdb, 65), segment(0xc4, 29), frame(9, 8)),
    header('jpeg', 9, 8),
  ],
  ['a JPEG with a thumbnail', jpeg(segment(0xe1, jpeg(frame(1, 1))), frame(9, 8)), header('jpeg', 9, 8)],
  [
    'EXIF behind the frame',
    jpeg(frame(9, 8), segment(0xe1, exif(8))),
    header('jpeg', 9, 8, { orientation: 8 }),
  ],
  [
    'the first of two EXIF segments',
    jpeg(segment(0xe1, exif(3)), segment(0xe1, exif(6)), frame(9, 8)),
    header('jpeg', 9, 8, { orientation: 3 }),
  ],
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n): [string, Uint8Array, ImageHeader][] => {
    const rest = { orientation: n as ImageHeader['orientation'] };
    const big = exif(n, { bigEndian: true });
    return [
      [`orientation ${n} in a JPEG`, jpeg(segment(0xe1, exif(n)), frame(9, 8)), header('jpeg', 9, 8, rest)],
      [`orientation ${n}, big endian`, jpeg(segment(0xe1, big), frame(9, 8)), header('jpeg', 9, 8, rest)],
      [
        `orientation ${n} in a PNG`,
        png(chunk('IHDR', ihdr(9, 8)), chunk('eXIf', tiff(n))),
        header('png', 9, 8, rest),
      ],
      [
        `orientation ${n} in a WebP`,
        webp(vp8x(9, 8, EXIF_FLAG), vp8(9, 8), riffChunk('EXIF', tiff(n))),
        header('webp', 9, 8, rest),
      ],
    ];
  }),
  ['orientation 0', jpeg(segment(0xe1, exif(0)), frame(9, 8)), header('jpeg', 9, 8)],
  ['orientation 9', jpeg(segment(0xe1, exif(9)), frame(9, 8)), header('jpeg', 9, 8)],
  [
    'an orientation of a wrong type',
    jpeg(segment(0xe1, exif(6, { type: 2 })), frame(9, 8)),
    header('jpeg', 9, 8),
  ],
  [
    'an orientation of two values',
    jpeg(segment(0xe1, exif(6, { count: 2 })), frame(9, 8)),
    header('jpeg', 9, 8),
  ],
  ['EXIF that is cut off', jpeg(segment(0xe1, exif(6).subarray(0, 30)), frame(9, 8)), header('jpeg', 9, 8)],
  ['EXIF of seven bytes', jpeg(segment(0xe1, exif(6).subarray(0, 7)), frame(9, 8)), header('jpeg', 9, 8)],
  ['a PNG', png(chunk('IHDR', ihdr(640, 480))), header('png', 640, 480)],
  ['a PNG of 16 bits', png(chunk('IHDR', ihdr(640, 480, 16, 6))), header('png', 640, 480)],
  [
    'a PNG with megabytes before its pixels',
    png(chunk('IHDR', ihdr(9, 8)), chunk('iCCP', Buffer.alloc(4e6)), chunk('eXIf', tiff(6))),
    header('png', 9, 8, { orientation: 6 }),
  ],
  ['an APNG', png(chunk('IHDR', ihdr(9, 8)), animation(2)), header('png', 9, 8, { animated: true })],
  ['an APNG of one frame', png(chunk('IHDR', ihdr(9, 8)), animation(1)), header('png', 9, 8)],
  [
    'eXIf behind the pixels',
    Buffer.concat([png(chunk('IHDR', ihdr(9, 8))), chunk('eXIf', tiff(6))]),
    header('png', 9, 8),
  ],
  ['a lossy WebP', webp(vp8(640, 480)), header('webp', 640, 480)],
  ['a lossy WebP with scaling bits', webp(vp8(640 | 0x4000, 480 | 0x8000)), header('webp', 640, 480)],
  ['a lossless WebP', webp(vp8l(16_384, 5000)), header('webp', 16_384, 5000)],
  ['a lossless WebP of 26 bytes', webp(vp8l(1, 1, 6)), header('webp', 1, 1)],
  ['an extended WebP', webp(vp8x(70_000, 5, 16), vp8l(2, 2)), header('webp', 70_000, 5)],
  ['an animated WebP', webp(vp8x(7, 5, ANIMATION_FLAG)), header('webp', 7, 5, { animated: true })],
  ['EXIF that no flag announces', webp(vp8x(7, 5, 0), riffChunk('EXIF', tiff(6))), header('webp', 7, 5)],
  ['a flag for EXIF that never comes', webp(vp8x(7, 5, EXIF_FLAG), vp8(7, 5)), header('webp', 7, 5)],
  ...bmpSamples().map((sample): [string, Uint8Array, ImageHeader] => [
    `a BMP, ${sample.name}`,
    sample.file,
    header('bmp', sample.width, sample.height),
  ]),
];

const CORRUPT: [string, Uint8Array][] = [
  ['a JPEG without a frame', jpeg(segment(0xe0, 14))],
  ['a JPEG that ends', jpeg(bytes(0xff, 0xd9))],
  ['a JPEG in a JPEG', jpeg(bytes(0xff, 0xd8), frame(9, 8))],
  ['a JPEG with two frames', jpeg(frame(9, 8), frame(9, 8))],
  ['a differential JPEG', jpeg(frame(9, 8, 0xc5))],
  ['a JPEG with arithmetic codes', jpeg(frame(9, 8, 0xc9))],
  ['a JPEG of width 0', jpeg(frame(0, 8))],
  ['a JPEG of height 0', jpeg(frame(9, 0))],
  ['a frame header of a wrong length', jpeg(segment(0xc0, 14))],
  ['a segment of length 1', jpeg(bytes(0xff, 0xe0, 0, 1), frame(9, 8))],
  ['a JPEG with 100 KB of stray bytes', jpeg(segment(0xe0, 14), Buffer.alloc(100_000), frame(9, 8))],
  [`a JPEG of ${MAX_BLOCKS} segments`, jpeg(...new Array(MAX_BLOCKS).fill(segment(0xe2, 0)), frame(9, 8))],
  ['a PNG that starts with another chunk', png(chunk('CgBI', bytes(0, 0, 0, 0)), chunk('IHDR', ihdr(9, 8)))],
  ['a PNG with a wrong checksum', png(chunk('IHDR', ihdr(9, 8), false))],
  ['a PNG of width 0', png(chunk('IHDR', ihdr(0, 8)))],
  ['a PNG of an absurd height', png(chunk('IHDR', ihdr(9, 0x80000000)))],
  ['a PNG of 16-bit palette', png(chunk('IHDR', ihdr(9, 8, 16, 3)))],
  ['a PNG without pixels', png(chunk('IHDR', ihdr(9, 8)), chunk('IEND'))],
  [
    `a PNG of ${MAX_BLOCKS} chunks`,
    png(chunk('IHDR', ihdr(9, 8)), ...new Array(MAX_BLOCKS).fill(chunk('tEXt'))),
  ],
  ['a WebP of width 0', webp(vp8(0, 8))],
  ['a WebP without a key frame', webp(riffChunk('VP8 ', bytes(1, 0, 0, 0x9d, 1, 0x2a, 9, 0, 8, 0)))],
  ['a WebP with a wrong start code', webp(riffChunk('VP8 ', new Uint8Array(10)))],
  ['a WebP with a wrong lossless signature', webp(riffChunk('VP8L', new Uint8Array(10)))],
  ['a WebP with an unknown first chunk', webp(riffChunk('XMP ', new Uint8Array(10)))],
  ['a WebP that is cut off', webp(vp8(9, 8)).subarray(0, -1)],
];

const code = (expected: string) => expect.objectContaining({ name: 'DetectError', code: expected });

describe('readHeader', () => {
  it.each(READABLE)('reads %s', (_, file, expected) => {
    expect(readHeader(file, true)).toEqual(expected);
  });

  it.each(CORRUPT)('refuses %s', (_, file) => {
    expect(() => readHeader(file, true)).toThrow(code('image.corrupt'));
  });

  it.each(READABLE)('gives null or the same for every start of %s', (_, file, expected) => {
    const last = Math.min(file.length, 3000);
    for (let cut = 0; cut <= last; cut++) {
      const found = readHeader(file.subarray(0, cut), false);
      if (found !== null) expect(found).toEqual(expected);
    }
  });

  it.each<[string, number[]]>([
    ['one wrong byte', [0x00]],
    ['a GIF', [...Buffer.from('GIF89a')]],
    ['a GIF, one byte of it', [...Buffer.from('G')]],
    ['HTML', [...Buffer.from('<!doctype')]],
    ['a JPEG without its second marker', [0xff, 0xd8, 0x00]],
    ['a PNG with its line end changed', [...Buffer.from('\x89PNG\n', 'latin1')]],
    ['a WAV', [...Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')]],
    ['text that starts with BM', [...Buffer.from('BMX is a sport, not a picture')]],
  ])('calls %s unsupported while it is still arriving', (_, start) => {
    expect(() => readHeader(Uint8Array.from(start), false)).toThrow(code('image.unsupported'));
  });

  it('waits for more of what may become a picture, and refuses it when nothing more comes', () => {
    for (const start of ['', '\xff', '\x89PN', 'B', 'RIFF1234WEB']) {
      const file = Buffer.from(start, 'latin1');
      expect(sniffFormat(file)).toBeNull();
      expect(readHeader(file, false)).toBeNull();
      expect(() => readHeader(file, true)).toThrow(code(start === '' ? 'image.empty' : 'image.unsupported'));
    }
  });

  it('is as quick for the worst file as its bounds promise', () => {
    const worst = jpeg(...new Array(MAX_BLOCKS - 2).fill(segment(0xe1, exif(1))), frame(9, 8));
    const start = performance.now();
    readHeader(worst, true);
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('never throws anything but a DetectError, and never changes its mind', () => {
    const file = fc
      .tuple(
        fc.constantFrom(
          ...[...READABLE, ...CORRUPT].map(([, file]) => file).filter((file) => file.length < 5000),
        ),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      )
      .map(([original, changes]) => {
        const file = Uint8Array.from(original);
        for (const [at, value] of changes) file[at % file.length] = value;
        return file;
      });
    const outcome = (bytes: Uint8Array, complete: boolean) => {
      try {
        return readHeader(bytes, complete);
      } catch (error) {
        if (error instanceof DetectError) return error.code;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.oneof(file, fc.uint8Array({ maxLength: 200 })), fc.nat(), (whole, at) => {
        const start = outcome(whole.subarray(0, at % (whole.length + 1)), false);
        const end = outcome(whole, true);
        if (typeof start === 'string') return typeof end === 'string';
        return start === null || typeof end === 'string' || JSON.stringify(start) === JSON.stringify(end);
      }),
      { numRuns: 5000, seed: 20_240_711 },
    );
  });
});

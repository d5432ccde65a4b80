import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { frameOf, huffman, jpegOf, restartInterval, scanOf } from './jpeg-writer.ts';
import { draw, encoder } from './pictures.ts';

const decode = (file: Buffer, maxEdge: number) => decodeImage(file, readHeader(file, true), { maxEdge });
const corrupt = expect.objectContaining({ name: 'DetectError', code: 'image.corrupt' });

const KINDS = {
  'row by row': {},
  'with colours at full size': { chromaSubsampling: '4:4:4' },
  'at the best quality': { quality: 100 },
  progressive: { progressive: true },
  "by mozjpeg's script": { mozjpeg: true },
} as const;

describe.each(Object.entries(KINDS))('a JPEG, %s,', (_, options) => {
  const SIZES = [
    [700, 704],
    [350, 350],
    [1900, 1000],
  ] as const;
  const files = () =>
    Promise.all(SIZES.map(([width, height]) => encoder(draw(width, height)).jpeg(options).toBuffer()));

  it('that lacks its end marker shows the same, and says so', async () => {
    for (const file of await files()) {
      for (const maxEdge of [4096, 640, 100]) {
        const whole = await decode(file, maxEdge);
        expect(whole.missingBytes).toBe(0);
        for (const missingBytes of [1, 2]) {
          const cut = await decode(file.subarray(0, -missingBytes), maxEdge);
          expect(cut).toMatchObject({ width: whole.width, height: whole.height, missingBytes });
          expect(Buffer.compare(cut.data, whole.data)).toBe(0);
        }
      }
    }
  });

  it('that lacks more is refused, at every size', async () => {
    for (const file of await files()) {
      for (const length of [0.5, 0.9, 0.99].map((share) => Math.floor(file.length * share))) {
        for (const maxEdge of [4096, 640, 100]) {
          await expect(decode(file.subarray(0, length), maxEdge)).rejects.toEqual(corrupt);
        }
      }
    }
  });
});

describe('a JPEG of restart intervals', () => {
  const blocks = 64;
  // One bit for "no change", one for "no more", six of padding, and a restart.
  const data = Buffer.concat(
    Array.from({ length: blocks }, (_, i) => Buffer.from([0x3f, 0xff, 0xd0 + (i & 7)])),
  );
  const file = jpegOf(
    frameOf(0xc0, 64, 64, [[1, 1]]),
    huffman(0, 1, [0]),
    huffman(1, 1, [0]),
    restartInterval(1),
    scanOf({ data: data.subarray(0, -2) }),
  );
  it('may lack its end marker', async () => {
    expect(await decode(file, 64)).toMatchObject({ missingBytes: 0 });
    expect(await decode(file.subarray(0, -2), 64)).toMatchObject({ missingBytes: 2 });
  });
  it('may not lack a row of intervals', async () => {
    await expect(decode(file.subarray(0, -2 - 8 * 3), 64)).rejects.toEqual(corrupt);
  });
});

it('stray bytes before a marker do no harm, nor do they count as missing', async () => {
  for (const options of [{}, { progressive: true }]) {
    const file = await encoder(draw(300, 200)).jpeg(options).toBuffer();
    const whole = await decode(file, 300);
    for (const marker of [0xe0, 0xdb, 0xc0, 0xc2, 0xc4, 0xda, 0xd9]) {
      const at = file.indexOf(Buffer.from([0xff, marker]), 3);
      if (at === -1) continue;
      for (const stray of [[0], [1, 2, 3], [0xff], [0, 0xff, 0xff], new Array(50).fill(7)]) {
        const strewn = Buffer.concat([file.subarray(0, at), Buffer.from(stray), file.subarray(at)]);
        const found = await decode(strewn, 300);
        expect(found.missingBytes).toBe(0);
        expect(Buffer.compare(found.data, whole.data)).toBe(0);
      }
    }
  }
});

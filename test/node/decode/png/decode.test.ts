/** The decoder of plain PNGs against sharp, which reads the same files by libpng. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitInside, type Size } from '../../../../src/core/image/working-size.ts';
import { readPlainPng } from '../../../../src/node/decode/png/chunks.ts';
import { decodePlainPng } from '../../../../src/node/decode/png/decode.ts';
import { chunk } from '../../../core/image/header-writer.ts';
import { generator } from '../../../core/image/mutations.ts';
import { brokenChunk, COLOUR, type PngSpec, writePng } from './png-writer.ts';

async function ours(file: Buffer, target?: Size): Promise<Uint8Array | null> {
  const png = readPlainPng(file);
  return png && decodePlainPng(file, png, target ?? png);
}

async function bySharp(file: Buffer, target?: Size): Promise<Buffer> {
  const { width, height } = await sharp(file).metadata();
  const image = sharp(file, { failOn: 'error', ignoreIcc: true })
    .toColourspace('srgb')
    .flatten({ background: '#fff' });
  if (target && (target.width !== width || target.height !== height)) {
    image.resize({ ...target, fit: 'fill', kernel: 'linear' });
  }
  return image.raw({ depth: 'uchar' }).toBuffer();
}

async function expectSame(file: Buffer, target?: Size): Promise<void> {
  const pixels = await ours(file, target);
  expect(pixels, 'it is decoded').not.toBeNull();
  expect(Buffer.compare(pixels as Uint8Array, await bySharp(file, target))).toBe(0);
}

/** A vector's width and less, whole ones and parts of one. */
const WIDTHS = [1, 2, 4, 5, 6, 16, 31, 47, 64, 100];

describe.each([
  ['RGB', COLOUR.rgb],
  ['RGB with transparency', COLOUR.rgba],
])('%s has the same pixels', (_, colour) => {
  it.each([0, 1, 2, 3, 4, undefined])('with filter %s', async (filter) => {
    for (const width of WIDTHS) await expectSame(writePng({ width, height: 23, colour, filter }));
  });

  it('when it is smaller, whatever the factor', async () => {
    const [width, height] = [200, 155];
    const file = writePng({ width, height, colour });
    for (const edge of [199, 181, 150, 133, 111, 99, 80, 67]) {
      await expectSame(file, fitInside({ width, height }, edge));
    }
  });

  it('in pieces of any size', async () => {
    for (const chunkBytes of [1, 7, 100, 5000]) {
      await expectSame(writePng({ width: 60, height: 50, colour, chunkBytes }));
    }
    // Many pieces of inflated data, some rows of which lie in two.
    await expectSame(writePng({ width: 700, height: 600, colour, chunkBytes: 8192 }));
  });

  it('all there can be of colour and transparency', async () => {
    const rowBytes = 1 + 256 * (colour === COLOUR.rgb ? 3 : 4);
    const rows = (bytes: Buffer) =>
      bytes.map((_, i) => (i % rowBytes === 0 ? 0 : (i * 7) >> (i % 3))) as Buffer;
    await expectSame(writePng({ width: 256, height: 256, colour, rows }));
  });
});

it.each([
  [45, 25],
  [92, 60],
  [900, 500],
  [633, 320],
])('%i made %i, where weights are whole numbers, or middles lie between two 64ths', async (from, to) => {
  await expectSame(writePng({ width: from, height: 8 }), { width: to, height: 8 });
  await expectSame(writePng({ width: 8, height: from }), { width: 8, height: to });
});

describe('what changes no pixel is passed over', () => {
  const size = { width: 40, height: 30 };
  const chunks: readonly [string, Buffer][] = [
    ['how large pixels are', chunk('pHYs', Buffer.from([0, 0, 14, 195, 0, 0, 14, 195, 1]))],
    ['a gamma', chunk('gAMA', Buffer.from([0, 1, 134, 160]))],
    ['a gamma that cannot be', chunk('gAMA', Buffer.alloc(4))],
    ['a gamma that is damaged', brokenChunk('gAMA', Buffer.from([0, 1, 134, 160]))],
    ['chromaticities', chunk('cHRM', Buffer.alloc(32, 7))],
    ['sRGB', chunk('sRGB', Buffer.from([0]))],
    [
      'sRGB twice, of a kind that there is not',
      Buffer.concat([chunk('sRGB', Buffer.from([9])), chunk('sRGB', Buffer.from([0]))]),
    ],
    ['significant bits', chunk('sBIT', Buffer.from([5, 6, 5]))],
    ['a background', chunk('bKGD', Buffer.from([0, 200, 0, 10, 0, 30]))],
    ['a date', chunk('tIME', Buffer.alloc(7, 1))],
    ['where it comes from', chunk('caBX', Buffer.alloc(500, 1))],
    ["Apple's index", chunk('iDOT', Buffer.alloc(28))],
  ];
  it.each(chunks)('%s', async (_, before) => {
    for (const colour of [COLOUR.rgb, COLOUR.rgba]) await expectSame(writePng({ ...size, colour, before }));
  });

  it('what stands behind the pixels, if anything', async () => {
    for (const end of [chunk('tEXt', Buffer.from('a\0b')), Buffer.alloc(0), Buffer.from('rubbish')]) {
      await expectSame(writePng({ ...size, end }));
    }
  });
});

describe('is left to sharp', () => {
  const size = { width: 40, height: 30 };
  const others: readonly [string, PngSpec][] = [
    ['grey', { ...size, colour: COLOUR.grey }],
    ['a palette', { ...size, colour: COLOUR.palette }],
    ['16 bits', { ...size, depth: 16 }],
    ['interlaced', { ...size, interlace: 1 }],
    ['one colour that is transparent', { ...size, before: chunk('tRNS', Buffer.alloc(6)) }],
    ['what we do not know', { ...size, before: chunk('cICP', Buffer.from([9, 16, 0, 1])) }],
    ['rows that are missing', { ...size, rows: (rows) => rows.subarray(0, -5) }],
    ['more rows than there should be', { ...size, rows: (rows) => Buffer.concat([rows, rows]) }],
    ['a filter that there is not', { ...size, rows: (rows) => rows.fill(5, 0, 1) }],
    ['data that is cut off', { ...size, deflated: (data) => data.subarray(0, -3) }],
    [
      'a wrong sum of the pixels',
      { ...size, deflated: (data) => data.fill(~data[data.length - 1], data.length - 1) },
    ],
    ['no data', { ...size, deflated: () => Buffer.from([0]) }],
  ];
  it.each(others)('%s', async (_, spec) => {
    expect(await ours(writePng(spec))).toBeNull();
  });

  it('a chunk of pixels with a wrong checksum', async () => {
    const file = writePng(size);
    file[file.indexOf('IDAT') + 20] ^= 1;
    expect(await ours(file)).toBeNull();
  });

  it('one that is wanted less than a third as large', async () => {
    expect(await ours(writePng({ width: 100, height: 100 }), { width: 33, height: 33 })).toBeNull();
  });
});

it('says whether there is a profile, which may have to be applied', () => {
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(200))]));
  expect(readPlainPng(writePng({ width: 4, height: 4, before: profile }))?.hasProfile).toBe(true);
  expect(readPlainPng(writePng({ width: 4, height: 4 }))?.hasProfile).toBe(false);
});

it('data that inflates to gigabytes is given up at the first byte too many', async () => {
  const bomb = deflateSync(Buffer.alloc(200_000_000));
  const file = writePng({ width: 100, height: 100, deflated: () => bomb });
  const before = process.cpuUsage();
  expect(await ours(file)).toBeNull();
  const { user, system } = process.cpuUsage(before);
  // All of it would take a tenth of a second and more.
  expect((user + system) / 1000).toBeLessThan(50);
});

it('damage is left to sharp, or shows as it does there', { timeout: 60_000 }, async () => {
  const pick = generator(20_261_130);
  const counts = { left: 0, alike: 0 };
  for (let i = 0; i < 1500; i++) {
    const file = writePng({
      width: 1 + pick(40),
      height: 1 + pick(30),
      colour: pick(2) === 0 ? COLOUR.rgb : COLOUR.rgba,
      chunkBytes: 1 + pick(900),
      deflated: (data) => {
        for (let change = pick(3); change > 0; change--) data[pick(data.length)] ^= 1 << pick(8);
        return data;
      },
    });
    const pixels = await ours(file);
    if (pixels === null) counts.left++;
    else {
      // sharp must not refuse what is decoded.
      expect(Buffer.compare(pixels, await bySharp(file))).toBe(0);
      counts.alike++;
    }
  }
  expect(counts.alike).toBeGreaterThan(300);
  expect(counts.left).toBeGreaterThan(300);
});

it('a damaged picture leaves nothing behind for the next one, and many at once are as one by one', async () => {
  const file = writePng({ width: 500, height: 300 });
  const before = await ours(file);
  const damaged = writePng({
    width: 600,
    height: 500,
    deflated: (data) => data.subarray(0, data.length / 2),
  });
  const together = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((i) => ours(i % 2 === 0 ? damaged : file)));
  for (const [i, pixels] of together.entries()) expect(pixels).toEqual(i % 2 === 0 ? null : before);
  expect(await ours(file)).toEqual(before);
});

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import type { Pixels } from '../../../src/core/image/pixels.ts';
import { finerEdge, firstEdge, WORKING_EDGE } from '../../../src/core/image/working-size.ts';
import type { Orientation } from '../../../src/core/inspection.ts';
import { decodeBand, decodeImage } from '../../../src/node/decode/decode.ts';
import { buildBmp, packRows } from '../../core/image/bmp-writer.ts';
import { riffChunk, webp } from '../../core/image/header-writer.ts';
import { asRgb, draw, encoder, meanDifference, store, variants } from '../../core/image/pictures.ts';

const decode = (file: Buffer, maxEdge?: number): Promise<Pixels> =>
  decodeImage(file, readHeader(file, true), maxEdge === undefined ? {} : { maxEdge });
const corrupt = expect.objectContaining({ name: 'DetectError', code: 'image.corrupt' });

/** A 24-bit BMP of drawn samples. */
function bmp(width: number, height: number): Buffer {
  const { data } = draw(width, height);
  const pixels = packRows(width, height, 24, false, (x, y) => data.readUIntBE((y * width + x) * 3, 3));
  return buildBmp({ width, height, bits: 24, pixels });
}

describe('decodeImage', async () => {
  const files = await variants();

  it.each(files.map((variant) => [variant.name, variant] as const))('decodes %s', async (_, variant) => {
    const pixels = await decode(variant.file);
    expect(pixels).toMatchObject({ width: 96, height: 64, scaleX: 1, scaleY: 1 });
    expect(meanDifference(pixels.data, variant.rgb)).toBeLessThanOrEqual(variant.tolerance);
  });

  it.each(files.map((variant) => [variant.name, variant] as const))('scales %s down', async (_, variant) => {
    const pixels = await decode(variant.file, 48);
    expect(pixels).toMatchObject({ width: 48, height: 32, scaleX: 2, scaleY: 2 });
    const expected = await sharp(variant.rgb, { raw: { width: 96, height: 64, channels: 3 } })
      .resize(48, 32, { kernel: 'linear' })
      .raw()
      .toBuffer();
    expect(meanDifference(pixels.data, expected)).toBeLessThanOrEqual(variant.tolerance + 2);
  });

  it.each(files.map((variant) => [variant.name, variant] as const))(
    'is repeatable on %s',
    async (_, variant) => {
      for (const maxEdge of [96, 40]) {
        const [first, second] = await Promise.all([
          decode(variant.file, maxEdge),
          decode(variant.file, maxEdge),
        ]);
        expect(Buffer.compare(first.data, second.data)).toBe(0);
      }
    },
  );

  it('knows which of them are animated', () => {
    const animated = files.filter(({ file }) => readHeader(file, true).animated).map(({ name }) => name);
    expect(animated).toEqual(['PNG, animated', 'WebP, animated']);
  });

  it('decodes and scales a BMP', async () => {
    const pixels = await decode(bmp(200, 140));
    expect(Buffer.compare(pixels.data, draw(200, 140).data)).toBe(0);
    const half = await decode(bmp(200, 140), 100);
    expect(half).toMatchObject({ width: 100, height: 70, scaleX: 2, scaleY: 2 });
    expect(meanDifference(half.data, draw(100, 70).data)).toBeLessThan(2);
  });

  it.each([
    [1281, 700, 1280, 699],
    [700, 1281, 699, 1280],
    [1280, 640, 1280, 640],
    [2560, 1280, 1280, 640],
    [1, 1, 1, 1],
  ])('makes %i x %i pixels %i x %i', async (width, height, decodedWidth, decodedHeight) => {
    for (const format of ['jpeg', 'webp'] as const) {
      const pixels = await decode(await encoder(draw(width, height)).toFormat(format).toBuffer());
      expect([pixels.width, pixels.height]).toEqual([decodedWidth, decodedHeight]);
      expect(pixels.data.length).toBe(decodedWidth * decodedHeight * 3);
      expect([pixels.scaleX, pixels.scaleY]).toEqual([width / decodedWidth, height / decodedHeight]);
    }
  });

  it('never makes an edge vanish', async () => {
    const file = await encoder(draw(100, 1)).png().toBuffer();
    expect(await decode(file, 10)).toMatchObject({ width: 10, height: 1, scaleX: 10, scaleY: 1 });
  });
});

describe.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i', (orientation) => {
  const upright = draw(96, 60);
  const stored = store(upright, orientation);
  const encode = () => encoder(stored).withMetadata({ orientation });

  it.each(['png', 'webp', 'jpeg'] as const)('of a %s is undone', async (format) => {
    const file = await encode()
      .toFormat(format, format === 'webp' ? { lossless: true } : format === 'jpeg' ? { quality: 95 } : {})
      .toBuffer();
    expect(readHeader(file, true)).toMatchObject({ width: stored.width, height: stored.height, orientation });
    const pixels = await decode(file);
    expect(pixels).toMatchObject({ width: 96, height: 60 });
    expect(meanDifference(pixels.data, asRgb(upright))).toBeLessThanOrEqual(format === 'jpeg' ? 3 : 0);
  });

  it('of a picture that is scaled gives the scales of the upright one', async () => {
    const pixels = await decode(await encode().png().toBuffer(), 31);
    expect(pixels).toMatchObject({ width: 31, height: 19, scaleX: 96 / 31, scaleY: 60 / 19 });
    const expected = await decode(await encoder(upright).png().toBuffer(), 31);
    expect(meanDifference(pixels.data, expected.data)).toBeLessThan(0.5);
  });
});

describe('decodeImage refuses', async () => {
  const files = [...(await variants()), { name: 'BMP', file: bmp(96, 64) }];

  it.each(files.map(({ name, file }) => [name, file] as const))('a %s that is cut off', async (_, file) => {
    const header = readHeader(file, true);
    for (const share of [0.5, 0.8, 0.95]) {
      const start = file.subarray(0, Math.floor(file.length * share));
      for (const maxEdge of [WORKING_EDGE, 40]) {
        await expect(decodeImage(start, header, { maxEdge })).rejects.toEqual(corrupt);
      }
    }
  });

  it.each(files.map(({ name, file }) => [name, file] as const))('a %s unlike its header', async (_, file) => {
    const header = readHeader(file, true);
    for (const wrong of [{ width: header.width + 1 }, { height: header.height * 2 }]) {
      for (const maxEdge of [WORKING_EDGE, 40]) {
        await expect(decodeImage(file, { ...header, ...wrong }, { maxEdge })).rejects.toEqual(corrupt);
      }
    }
  });

  it('nothing for the scans of pictures that stand behind the end', async () => {
    const picture = await encoder(draw(96, 64)).jpeg().toBuffer();
    const file = Buffer.concat([picture, ...new Array(100).fill(picture)]);
    expect(await decode(file)).toMatchObject({ width: 96, height: 64 });
  });

  it('what only a loader that is switched off could read', async () => {
    const header = { format: 'png', width: 8, height: 8, orientation: 1, animated: false } as const;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    const others = await Promise.all(
      (['gif', 'tiff', 'avif'] as const).map((format) => encoder(draw(8, 8)).toFormat(format).toBuffer()),
    );
    for (const file of [svg, ...others]) {
      await expect(decodeImage(file, header)).rejects.toEqual(corrupt);
    }
  });

  it('damage with one sentence that repeats nothing of the decoder', async () => {
    const file = (await encoder(draw(96, 64)).png().toBuffer()).subarray(0, 200);
    const error = await decodeImage(file, readHeader(file, true)).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({
      message: 'The picture cannot be decoded: it is damaged or cut off.',
      cause: expect.any(Error),
    });
  });
});

it("follows the header's orientation, not the decoder's own reading of the file", async () => {
  const file = await encoder(draw(96, 60)).withMetadata({ orientation: 6 }).png().toBuffer();
  const pixels = await decodeImage(file, { ...readHeader(file, true), orientation: 1 });
  expect(Buffer.compare(pixels.data, draw(96, 60).data)).toBe(0);
});

describe('a band of a JPEG has the same pixels as all of it', () => {
  const kinds = { baseline: {}, progressive: { progressive: true }, '4:4:4': { chromaSubsampling: '4:4:4' } };
  const bands = [
    { from: 0, to: 0.2 },
    { from: 0.31, to: 0.52 },
    { from: 0.9, to: 1 },
    { from: 0, to: 1 },
    { from: 0, to: 0 },
    { from: 1, to: 1 },
  ];
  it.each(
    Object.entries(kinds).flatMap(([kind, options]) =>
      [97, 640, 1280].map((maxEdge) => [kind, maxEdge, options] as const),
    ),
  )('%s, at %d pixels', async (_, maxEdge, options) => {
    const file = await encoder(draw(1301, 907)).jpeg(options).toBuffer();
    const header = readHeader(file, true);
    const whole = await decodeImage(file, header, { maxEdge });
    for (const band of bands) {
      const rows = await decodeBand(file, header, band, { maxEdge });
      const [stride, first] = [whole.width * 3, rows.firstRow ?? 0];
      const end = first + rows.data.length / stride;
      expect(first).toBeLessThanOrEqual(Math.max(0, band.from * whole.height - 2));
      expect(end).toBeGreaterThanOrEqual(Math.min(whole.height, band.to * whole.height + 2));
      expect(end - first).toBeLessThanOrEqual((band.to - band.from) * whole.height + 12);
      expect(rows).toMatchObject({ width: whole.width, height: whole.height, scaleX: whole.scaleX });
      expect(Buffer.compare(rows.data, whole.data.subarray(first * stride, end * stride))).toBe(0);
    }
  });

  it('and all rows are there where a picture is turned, or is none', async () => {
    for (const file of [
      await encoder(draw(96, 60)).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      await encoder(draw(96, 60)).png().toBuffer(),
      bmp(96, 60),
    ]) {
      const rows = await decodeBand(file, readHeader(file, true), { from: 0.4, to: 0.5 });
      expect(rows.firstRow).toBeUndefined();
      expect(rows.data.length).toBe(rows.width * rows.height * 3);
    }
  });
});

it('decodes no more of a large JPEG than it needs', { timeout: 60_000 }, async () => {
  const file = await encoder(draw(4096, 4096)).jpeg().toBuffer();
  const header = readHeader(file, true);
  const fastest = async (maxEdge: number) => {
    const times: number[] = [];
    for (let i = 0; i < 4; i++) {
      const before = process.cpuUsage();
      await decodeImage(file, header, { maxEdge });
      // Processor time: what else runs beside it matters little.
      const { user, system } = process.cpuUsage(before);
      times.push(user + system);
    }
    return Math.min(...times);
  };
  const full = await fastest(4096);
  expect(await fastest(WORKING_EDGE)).toBeLessThan(full);
  expect(await fastest(480)).toBeLessThan(0.8 * full);
});

describe('the edge of a first decoding', () => {
  const edge = (format: 'jpeg' | 'png' | 'webp' | 'bmp', width: number, height: number) =>
    firstEdge({ format, width, height, orientation: 1, animated: false });
  it.each([
    [1277, 640],
    [1278, 426],
    [1600, 533],
    [1920, 640],
    [2129, 640],
    [2130, 426],
    [3200, 640],
    [3833, 640],
    [3834, 426],
    [4096, 455],
  ])('of a JPEG with %d pixels is %d, where libjpeg shrinks', (long, expected) => {
    expect(edge('jpeg', long, long)).toBe(expected);
  });
  it('of a JPEG has both edges shrink by enough, whatever its shape', () => {
    for (const [long, wanted] of [
      [1280, 3],
      [1599, 3],
      [2200, 5],
      [4096, 9],
    ]) {
      for (let short = long / 2; short <= long; short += 7) {
        const first = edge('jpeg', short, long);
        expect(long / first).toBeGreaterThanOrEqual(wanted);
        expect(short / Math.round((short * first) / long)).toBeGreaterThanOrEqual(wanted);
        expect(first).toBeGreaterThan(long / wanted - 6);
      }
    }
  });
  it('is the working edge where every size costs the same', () => {
    expect([edge('png', 4096, 4096), edge('bmp', 100, 100), edge('webp', 4096, 100)]).toEqual([
      1280, 1280, 640,
    ]);
  });
});

describe('the edge of a finer decoding', () => {
  const edge = (format: 'jpeg' | 'png' | 'webp', long: number, needed: number) =>
    finerEdge({ format, width: long, height: long, orientation: 1, animated: false }, needed);
  it.each([
    [1919, 600, 1280],
    [1920, 640, 640],
    [1920, 641, 1280],
    [4096, 500, 640],
    [4096, 1000, 1280],
  ])('of a JPEG with %d pixels, where %d would do, is %d', (long, needed, expected) => {
    expect(edge('jpeg', long, needed)).toBe(expected);
  });
  it('is the working edge of anything else', () => {
    expect([edge('png', 4096, 500), edge('webp', 4096, 500)]).toEqual([1280, 1280]);
  });
});

it.each([
  [1, 1],
  [16, 9],
  [2048, 1024],
])('decodes a lossless WebP of 28 bytes, %i x %i', async (width, height) => {
  // No transform, no cache, and for each of green, red, blue, alpha and distance a single symbol (RFC 9649, 3.7).
  const stream = Buffer.from('2f00000000888808', 'hex');
  stream.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const file = webp(riffChunk('VP8L', stream));
  expect(file.length).toBe(28);
  const { data } = await decode(file, 4096);
  expect(data).toHaveLength(width * height * 3);
  expect(data.every((level) => level === 0)).toBe(true);
  expect(() => readHeader(file.subarray(0, 27), true)).toThrow(corrupt);
});

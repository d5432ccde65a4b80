/** The decoder of baseline JPEGs against sharp, which reads the same files by libjpeg. */
import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../../src/core/image/finer.ts';
import { surveyScans } from '../../../../src/core/image/jpeg-scans.ts';
import { fitInside, type Size } from '../../../../src/core/image/working-size.ts';
import type { Orientation } from '../../../../src/core/inspection.ts';
import { decodeBaseline } from '../../../../src/node/decode/jpeg/decode.ts';
import { turnUpright } from '../../../../src/node/decode/with-sharp.ts';
import type { Sampling } from '../../../core/image/jpeg-writer.ts';
import { generator } from '../../../core/image/mutations.ts';
import { encoder, type Raw } from '../../../core/image/pictures.ts';
import { randomJpeg } from './random-jpeg.ts';

/** Hills of colour with grain, so that blocks have many coefficients, and few of them are alike. */
function hills(width: number, height: number, channels: 1 | 3 = 3): Raw {
  const pick = generator(width * 10_000 + height);
  const data = Buffer.alloc(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / channels / width);
    const hill = Math.sin(x / (17 + (i % channels) * 9)) + Math.cos(y / 23);
    data[i] = 120 + 50 * hill + pick(30);
  }
  return { data, width, height, channels };
}

const jpeg = (raw: Raw, options: JpegOptions = {}) => encoder(raw).jpeg(options).toBuffer();

/** The marker of tables that coefficients are multiplied by. */
const QUANTIZERS = Buffer.from([0xff, 0xdb]);
const ONE_PLANE: readonly Sampling[] = [[1, 1]];
const HALF_SIZE: readonly Sampling[] = [
  [2, 2],
  [1, 1],
  [1, 1],
];

interface Case {
  readonly orientation?: Orientation;
  readonly rows?: Rows;
  readonly isEnded?: boolean;
}

const ours = (file: Uint8Array, target: Size, { orientation = 1, isEnded = true, rows }: Case = {}) =>
  decodeBaseline(file, { target, orientation, isEnded, rows });

async function bySharp(
  file: Uint8Array,
  target: Size,
  { orientation = 1, rows }: Case = {},
): Promise<Buffer> {
  const { width, height } = await sharp(file).metadata();
  const image = sharp(file, { failOn: 'error', ignoreIcc: true }).toColourspace('srgb');
  if (width !== target.width || height !== target.height) {
    image.resize({ ...target, fit: 'fill', kernel: 'linear' });
  }
  if (rows) {
    image.extract({ left: 0, top: rows.firstRow, width: target.width, height: rows.end - rows.firstRow });
  }
  return turnUpright(image, orientation).raw().toBuffer();
}

async function expectSame(file: Uint8Array, target: Size, options?: Case) {
  const pixels = await ours(file, target, options);
  expect(pixels, 'it is decoded').not.toBeNull();
  expect(Buffer.compare(pixels as Uint8Array, await bySharp(file, target, options))).toBe(0);
}

const KINDS: readonly [string, JpegOptions][] = [
  ['colours at half size', {}],
  ['colours at full size', { chromaSubsampling: '4:4:4' }],
  ['codes made for it', { optimiseCoding: true, quality: 92 }],
  ['codes of the standard', { optimiseCoding: false, quality: 92 }],
  ['the best quality', { quality: 100, chromaSubsampling: '4:4:4' }],
  ['a poor quality', { quality: 12 }],
];
/** Whole units and parts of them, odd ones, and a strip. */
const SIZES: readonly (readonly [number, number])[] = [
  [128, 96],
  [131, 97],
  [97, 200],
  [16, 16],
  [640, 17],
];

describe.each(KINDS)('a JPEG with %s', (_, options) => {
  it.each(SIZES)('of %i x %i pixels has the same ones', async (width, height) => {
    const file = await jpeg(hills(width, height), options);
    const pixels = await ours(file, { width, height });
    expect(Buffer.compare(pixels as Uint8Array, await bySharp(file, { width, height }))).toBe(0);
  });

  it.each(SIZES.slice(0, 3))(
    'of %i x %i pixels has the same ones when it is smaller',
    async (width, height) => {
      const file = await jpeg(hills(width, height), options);
      for (const edge of [127, 90, 61, 43, 32, 25, 20, 11, 9]) {
        await expectSame(file, fitInside({ width, height }, edge));
      }
    },
  );

  it('has the same ones in a band of rows', async () => {
    const file = await jpeg(hills(200, 160), options);
    for (const edge of [200, 120, 66]) {
      const target = fitInside({ width: 200, height: 160 }, edge);
      for (const [from, to] of [
        [0, 0.2],
        [0.1, 0.4],
        [0.33, 0.34],
        [0.8, 1],
      ] as const) {
        const rows = { firstRow: Math.floor(from * target.height), end: Math.ceil(to * target.height) };
        await expectSame(file, target, { rows });
      }
    }
  });
});

describe.each<[string, readonly Sampling[]]>([
  ['one plane', [[1, 1]]],
  ['one plane with a sampling', [[2, 2]]],
  [
    'colours at full size',
    [
      [1, 1],
      [1, 1],
      [1, 1],
    ],
  ],
  [
    'colours at half the width',
    [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
  ],
  [
    'colours at half the size',
    [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
  ],
])('random blocks: %s', (_, samplings) => {
  it.each([0, 1, 3, 8])('with a restart after %i units, have the same pixels', async (restart) => {
    for (const [width, height] of [
      [16, 16],
      [17, 53],
      [64, 48],
      [131, 90],
    ] as const) {
      const file = randomJpeg(width, height, samplings, restart);
      const pixels = await ours(file, { width, height });
      expect(Buffer.compare(pixels as Uint8Array, await bySharp(file, { width, height }))).toBe(0);
      for (const scale of [1.4, 2.9, 3, 4.2, 5, 8.7, 9.2]) {
        await expectSame(file, fitInside({ width, height }, Math.round(Math.max(width, height) / scale)));
      }
    }
  });
});

it.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is undone', async (orientation) => {
  // Rows that end at a whole vector, and those that don't.
  for (const width of [120, 121, 127]) {
    const file = await jpeg(hills(width, 77));
    for (const edge of [width, 70, 30]) {
      await expectSame(file, fitInside({ width, height: 77 }, edge), { orientation });
    }
  }
});

it('a grey one is grey', async () => {
  const grey = encoder(hills(90, 70, 1)).toColourspace('b-w');
  const file = await grey.jpeg().toBuffer();
  for (const edge of [90, 60, 40, 10]) await expectSame(file, fitInside({ width: 90, height: 70 }, edge));
});

it('one without its end marker, or with half of it, is the same', async () => {
  const size = { width: 100, height: 60 };
  const file = await jpeg(hills(100, 60));
  const whole = await ours(file, size);
  for (const missing of [1, 2]) {
    expect(await ours(file.subarray(0, -missing), size, { isEnded: false })).toEqual(whole);
  }
});

it('what lacks data is left to sharp', async () => {
  const file = await jpeg(hills(100, 60));
  for (const length of [0.5, 0.9, 0.99].map((share) => Math.floor(file.length * share))) {
    const start = file.subarray(0, length);
    expect(await ours(start, { width: 100, height: 60 }, { isEnded: false })).toBeNull();
  }
});

it('what comes behind the end is not looked at', async () => {
  const size = { width: 100, height: 60 };
  const file = await jpeg(hills(100, 60));
  const second = await jpeg(hills(30, 30));
  expect(await ours(Buffer.concat([file, second, Buffer.alloc(5000, 255)]), size)).toEqual(
    await ours(file, size),
  );
});

describe('is left to sharp', () => {
  const size = { width: 96, height: 64 };
  const others: readonly [string, () => Promise<Buffer>][] = [
    ['a progressive one', () => jpeg(hills(96, 64), { progressive: true })],
    ['one of four inks', () => encoder(hills(96, 64)).toColourspace('cmyk').jpeg().toBuffer()],
    [
      'one of red, green and blue',
      async () => {
        const file = await jpeg(hills(96, 64), { chromaSubsampling: '4:4:4' });
        // The segment of JFIF says that there is luma; Adobe's says what 0 stands for.
        const adobe = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]);
        const jfifEnd = 4 + file.readUInt16BE(4);
        return Buffer.concat([file.subarray(0, 2), adobe, file.subarray(jfifEnd)]);
      },
    ],
  ];
  it.each(others)('%s', async (_, make) => {
    const file = await make();
    expect((await sharp(file).metadata()).width).toBe(96);
    expect(await ours(file, size)).toBeNull();
  });

  it('one that is wanted much smaller than the transform makes it', async () => {
    const file = await jpeg(hills(640, 640));
    expect(await ours(file, { width: 20, height: 20 })).toBeNull();
  });
});

it.each([40, 60, 100, 255])(
  'coefficients that no encoder writes are left to sharp, or show as there: times %i',
  async (times) => {
    for (const samplings of [ONE_PLANE, HALF_SIZE]) {
      const file = randomJpeg(97, 64, samplings);
      for (let at = file.indexOf(QUANTIZERS); at !== -1; at = file.indexOf(QUANTIZERS, at + 1)) {
        file.fill(times, at + 6, at + 69);
      }
      for (const scale of [1, 2, 3, 4, 6, 8]) {
        const target = { width: Math.round(97 / scale), height: Math.round(64 / scale) };
        const pixels = await ours(file, target);
        if (pixels) expect(Buffer.compare(pixels, await bySharp(file, target))).toBe(0);
        else expect(times).toBeGreaterThan(40);
      }
    }
  },
);

it('damage is left to sharp, or shows as it does there', { timeout: 60_000 }, async () => {
  const pick = generator(20_261_129);
  const files = await Promise.all(KINDS.map(([, options]) => jpeg(hills(60, 44), options)));
  const counts = { left: 0, alike: 0, unlike: 0 };
  for (let i = 0; i < 1500; i++) {
    const file = Buffer.from(files[pick(files.length)]);
    const data = file.indexOf(Buffer.from([0xff, 0xda])) + 14;
    for (let change = 0; change <= pick(3); change++) file[data + pick(file.length - data)] ^= 1 << pick(8);
    const target = pick(2) === 0 ? { width: 60, height: 44 } : { width: 27, height: 20 };
    const pixels = surveyScans(file).ended ? await ours(file, target) : null;
    if (pixels === null) counts.left++;
    // sharp must not refuse what is decoded.
    else if (Buffer.compare(pixels, await bySharp(file, target)) === 0) counts.alike++;
    else counts.unlike++;
  }
  expect(counts.alike).toBeGreaterThan(300);
  expect(counts.left).toBeGreaterThan(300);
  expect(counts.unlike).toBe(0);
});

it('a damaged picture leaves nothing behind for the next one', async () => {
  const size = { width: 100, height: 60 };
  const file = await jpeg(hills(100, 60));
  const before = await ours(file, size);
  const pick = generator(7);
  for (let i = 0; i < 200; i++) {
    const damaged = Buffer.from(file);
    for (let change = 0; change < 5; change++) damaged[300 + pick(file.length - 302)] = pick(256);
    await ours(damaged, size);
  }
  expect(await ours(file, size)).toEqual(before);
});

it('many at once are as one by one, and none keeps the others waiting', async () => {
  const sizes = [1500, 100, 900, 60, 1300, 300].map((width) => ({ width, height: width }));
  const files = await Promise.all(sizes.map(({ width }) => jpeg(hills(width, width))));
  const alone: (Uint8Array | null)[] = [];
  for (const [i, file] of files.entries()) alone.push(await ours(file, sizes[i]));
  const finished: number[] = [];
  const together = await Promise.all(
    files.map(async (file, i) => {
      const pixels = await ours(file, sizes[i]);
      finished.push(i);
      return pixels;
    }),
  );
  for (const [i, pixels] of together.entries()) {
    expect(Buffer.compare(pixels as Uint8Array, alone[i] as Uint8Array)).toBe(0);
  }
  expect(finished.indexOf(1)).toBeLessThan(finished.indexOf(0));
});

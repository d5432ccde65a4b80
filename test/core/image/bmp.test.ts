import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeBmp } from '../../../src/core/image/bmp/decode.ts';
import { DetectError } from '../../../src/errors.ts';
import { bmpSamples } from './bmp-samples.ts';
import { type BmpSpec, buildBmp, packRows } from './bmp-writer.ts';

const samples = bmpSamples();

describe('decodeBmp', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('reads %s', (_, sample) => {
    const { data, width, height } = decodeBmp(sample.file);
    expect([width, height]).toEqual([sample.width, sample.height]);
    expect(largestDifference(data, sample.rgb)).toBe(0);
  });

  it('reads a file whose last row lacks its padding', () => {
    const sample = samples[0];
    expect(largestDifference(decodeBmp(sample.file.subarray(0, -1)).data, sample.rgb)).toBe(0);
  });

  it('shows colours that the palette does not hold as black', () => {
    const pixels = packRows(2, 1, 8, false, (x) => [0, 200][x]);
    const file = buildBmp({ width: 2, height: 1, bits: 8, palette: [[10, 20, 30]], coloursUsed: 1, pixels });
    expect([...decodeBmp(file).data]).toEqual([10, 20, 30, 0, 0, 0]);
  });

  it('drops what a run has beyond its row, and needs no end mark', () => {
    const palette = [
      [1, 1, 1],
      [2, 2, 2],
    ] as const;
    const pixels = Uint8Array.from([9, 1, 0, 0, 2, 1]);
    const file = buildBmp({ width: 2, height: 2, bits: 8, compression: 1, palette, coloursUsed: 2, pixels });
    expect([...decodeBmp(file).data]).toEqual(new Array(12).fill(2));
  });
});

describe('decodeBmp refuses', () => {
  const small: BmpSpec = { width: 4, height: 4, bits: 24, pixels: packRows(4, 4, 24, false, () => 0x123456) };
  const broken = (change: (file: Buffer) => unknown, spec: BmpSpec = small) => {
    const file = buildBmp(spec);
    change(file);
    return file;
  };
  const flat = (width: number): BmpSpec => ({
    ...{ width, height: 1, bits: 8, compression: 1, palette: [[0, 0, 0]] },
    pixels: Uint8Array.from([0, 1]),
  });
  const rle = (...pixels: number[]) =>
    buildBmp({
      width: 4,
      height: 4,
      bits: 8,
      compression: 1,
      palette: [[0, 0, 0]],
      pixels: Uint8Array.from(pixels),
    });
  const masked = (...masks: number[]) =>
    buildBmp({ ...small, bits: 32, compression: 3, masks, pixels: new Uint8Array(64) });

  it.each<[string, Buffer]>([
    ['pixels that start past the end', broken((file) => file.writeUInt32LE(0xfffffff0, 10))],
    ['pixels that start inside the header', broken((file) => file.writeUInt32LE(20, 10))],
    ['pixels that are cut off', buildBmp(small).subarray(0, -1)],
    ['headers that are cut off', buildBmp(small).subarray(0, 30)],
    ['sizes that no file could hold', broken((file) => file.writeInt32LE(0x7fffffff, 18))],
    ['7001 rows of 7000 run-length pixels', broken((file) => file.writeInt32LE(7001, 22), flat(7000))],
    ['a width of zero', broken((file) => file.writeInt32LE(0, 18))],
    ['a negative width', broken((file) => file.writeInt32LE(-4, 18))],
    ['a height of zero', broken((file) => file.writeInt32LE(0, 22))],
    ['the height that has no positive', broken((file) => file.writeInt32LE(-0x80000000, 22))],
    ['two planes', broken((file) => file.writeUInt16LE(2, 26))],
    ['17 bits', broken((file) => file.writeUInt16LE(17, 28))],
    ['a JPEG inside', broken((file) => file.writeUInt32LE(4, 30))],
    ['RLE8 of 24 bits', broken((file) => file.writeUInt32LE(1, 30))],
    ["OS/2's Huffman coding", broken((file) => file.writeUInt32LE(3, 30), { ...small, header: 64 })],
    ['a run-length stream that ends between rows', rle(4, 0, 0, 0)],
    ['a run-length stream that ends inside a run', rle(4, 0, 0, 0, 0, 9, 1)],
    ['a run-length stream that ends inside a jump', rle(0, 2, 1)],
    ['masks that overlap', masked(0xff0000, 0xffff00, 0xff)],
    ['a mask with gaps', masked(0xf0f000, 0x0f00, 0xff)],
    [
      'masks wider than the pixel',
      buildBmp({
        ...small,
        bits: 16,
        compression: 3,
        masks: [0xff0000, 0xff00, 0xff],
        pixels: new Uint8Array(32),
      }),
    ],
  ])('%s', (_, file) => {
    expect(() => decodeBmp(file)).toThrow(DetectError);
    expect(() => decodeBmp(file)).toThrow(expect.objectContaining({ code: 'image.corrupt' }));
  });
});

/** The command of a real ImageMagick, 7's or 6's; other programs of the same name are no independent decoder. */
function findImageMagick(): string | undefined {
  return ['magick', 'convert-im6.q16', '/usr/bin/convert', 'convert'].find((command) => {
    try {
      return /^Version: ImageMagick \d/.test(execFileSync(command, ['-version'], { encoding: 'utf8' }));
    } catch {
      return false;
    }
  });
}

const imageMagick = findImageMagick();
const title = imageMagick
  ? 'ImageMagick agrees'
  : 'ImageMagick agrees: skipped, it is not installed (Debian: apt-get install imagemagick)';

describe.skipIf(imageMagick === undefined)(title, () => {
  const comparable = samples.filter(({ magick }) => magick !== 'refuses' && magick !== 'dims');
  it.each(comparable.map((sample) => [sample.name, sample] as const))('on %s', (_, sample) => {
    const alpha =
      sample.magick === 'alpha' ? ['-alpha', 'off'] : ['-background', 'white', '-alpha', 'remove'];
    const theirs = execFileSync(imageMagick!, ['bmp:-', ...alpha, '-depth', '8', 'rgb:-'], {
      input: sample.file,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const { data } = decodeBmp(sample.file);
    expect(largestDifference(data, theirs)).toBeLessThanOrEqual(sample.magick === 'rounds' ? 1 : 0);
  });
});

function largestDifference(ours: Uint8Array, theirs: Uint8Array): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  return ours.reduce((largest, value, i) => Math.max(largest, Math.abs(value - theirs[i])), 0);
}

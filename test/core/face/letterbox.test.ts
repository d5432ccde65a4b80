import { describe, expect, test } from 'vitest';
import { fitLetterbox } from '../../../src/core/face/letterbox.ts';
import { sampleSquare } from '../../../src/core/face/sample.ts';
import type { Pixels } from '../../../src/core/image/pixels.ts';

/** A picture whose every pixel is given by its place. */
function picture(width: number, height: number, rgb: (x: number, y: number) => readonly number[]): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(rgb(x, y), (y * width + x) * 3);
  return { data, width, height, scaleX: 1, scaleY: 1 };
}

const grey = (value: number) => [value, value, value];
const SIZE = 8;
const PLANE = SIZE * SIZE;

/** Fits a picture into a square of {@link SIZE}. */
const letterbox = (pixels: Pixels, out: Float32Array) => fitLetterbox(pixels, SIZE, out);

describe('the letterbox', () => {
  test('centres the picture and leaves black around it', () => {
    const out = new Float32Array(3 * PLANE);
    const place = letterbox(
      picture(16, 8, () => grey(255)),
      out,
    );
    expect(place).toEqual({ step: 2, left: 0, top: 2 });
    const rows = Array.from({ length: SIZE }, (_, v) => out[v * SIZE + 3]);
    expect(rows).toEqual([-1, -1, 1, 1, 1, 1, -1, -1]);
  });

  test('keeps the colours apart, each in its plane', () => {
    const out = new Float32Array(3 * PLANE);
    letterbox(
      picture(8, 8, () => [255, 0, 127.5]),
      out,
    );
    expect([out[9], out[PLANE + 9]]).toEqual([1, -1]);
    expect(out[2 * PLANE + 9]).toBeCloseTo(0, 1);
  });

  test('takes the mean of the area that a pixel covers, also where edges do not meet', () => {
    const out = new Float32Array(3 * PLANE);
    // 20 pixels on 8: each output pixel covers two and a half.
    letterbox(
      picture(20, 20, (x) => grey(x * 10)),
      out,
    );
    const mean = (from: number, to: number) => (((from + to - 1) / 2) * 10) / 127.5 - 1;
    for (let u = 0; u < SIZE; u++) expect(out[u], `column ${u}`).toBeCloseTo(mean(u * 2.5, (u + 1) * 2.5), 1);
  });

  test('forgets the picture before', () => {
    const out = new Float32Array(3 * PLANE).fill(7);
    letterbox(
      picture(4, 8, () => grey(0)),
      out,
    );
    expect(Math.max(...out)).toBe(-1);
  });

  test('weighs rows whose bytes do not come out in fours', () => {
    const out = new Float32Array(3 * PLANE);
    // 21 x 63 bytes a row, 2.6 rows a pixel; each row has its own grey.
    letterbox(
      picture(21, 21, (_, y) => grey(y * 10)),
      out,
    );
    const step = 21 / SIZE;
    // The mean of a staircase, one step a row.
    const area = (y: number) => (Math.floor(y) * (Math.floor(y) - 1)) / 2 + (y % 1) * Math.floor(y);
    for (let v = 0; v < SIZE; v++) {
      const mean = (area((v + 1) * step) - area(v * step)) / step;
      for (const u of [0, 3, 7])
        expect(out[2 * PLANE + v * SIZE + u], `row ${v}`).toBeCloseTo((mean * 10) / 127.5 - 1, 5);
    }
  });

  test('takes the whitest of pictures in the most rows that it is made for', () => {
    const out = new Float32Array(3 * PLANE);
    const tall = picture(1, 257 * SIZE, () => grey(255));
    letterbox(tall, out);
    expect(out[SIZE / 2 - 1]).toBeCloseTo(1, 5);
    expect(() =>
      letterbox(
        picture(1, 258 * SIZE, () => grey(255)),
        out,
      ),
    ).toThrow('1 x 2064 pixels are more than 257 times 8');
  });

  test('refuses a buffer that is too small, with the number', () => {
    expect(() =>
      letterbox(
        picture(4, 4, () => grey(0)),
        new Float32Array(10),
      ),
    ).toThrow('out holds 10 numbers; 192 are needed');
  });
});

describe('a sampled square', () => {
  const ramp = picture(64, 64, (x, y) => [x * 4, y * 4, 0]);
  const at = (out: Float32Array, u: number, v: number) => [out[v * SIZE + u], out[PLANE + v * SIZE + u]];
  const sample = (angle: number, size = 16) => {
    const out = new Float32Array(3 * PLANE);
    sampleSquare(ramp, { cx: 32, cy: 32, size, angle }, { outSize: SIZE, scale: 1 }, out);
    return out;
  };

  test('upright, gives the mean of what each pixel covers', () => {
    const [x, y] = at(sample(0), 0, 0);
    expect(x).toBeCloseTo(24.5 * 4, 3);
    expect(y).toBeCloseTo(24.5 * 4, 3);
  });

  test('turned by a quarter, has the picture turned back', () => {
    // Turned clockwise, the square's right side looks down in the picture.
    const [x, y] = at(sample(Math.PI / 2), 7, 0);
    expect(x).toBeCloseTo((32 + 7) * 4 - 2, 3);
    expect(y).toBeCloseTo((32 + 7) * 4 - 2, 3);
  });

  test('enlarged, is interpolated', () => {
    const out = sample(0, 4);
    expect(out[1] - out[0]).toBeCloseTo(0.5 * 4, 3);
  });

  test('outside the picture, repeats its border', () => {
    const out = new Float32Array(3 * PLANE);
    sampleSquare(ramp, { cx: 0, cy: 32, size: 16, angle: 0 }, { outSize: SIZE, scale: 1 }, out);
    expect(at(out, 0, 4)[0]).toBe(0);
  });

  test.each([
    ['interpolated', 12, 0.3],
    ['averaged over 4', 34, 0.3],
    ['averaged over 16', 70, -0.8],
  ])('is the same at the border as in a picture with its border repeated: %s', (_, size, angle) => {
    const noise = (x: number, y: number) => [
      (x * 7919 + y * 104_729) % 251,
      (x * y) % 256,
      (x + 3 * y) % 256,
    ];
    const around = 64;
    const inside = (i: number, length: number) => Math.min(length - 1, Math.max(0, i - around));
    const plain = picture(40, 30, noise);
    const extended = picture(40 + 2 * around, 30 + 2 * around, (x, y) => noise(inside(x, 40), inside(y, 30)));
    const [at, then] = [new Float32Array(3 * PLANE), new Float32Array(3 * PLANE)];
    const options = { outSize: SIZE, scale: 1 };
    sampleSquare(plain, { cx: 5, cy: 22, size, angle }, options, at);
    sampleSquare(extended, { cx: 5 + around, cy: 22 + around, size, angle }, options, then);
    for (const [i, value] of at.entries()) expect(value).toBeCloseTo(then[i], 2);
  });
});

test('samples a band as it samples the whole picture, and refuses a square that reaches beyond it', () => {
  const [width, height, firstRow, end] = [50, 80, 20, 60];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251);
  const picture = { width, height, scaleX: 1, scaleY: 1 };
  const band = { ...picture, data: data.subarray(firstRow * width * 3, end * width * 3), firstRow };
  for (const size of [6, 14, 24]) {
    for (const [cx, cy] of [
      [25, 40],
      [2, 41.5],
      [49, 39],
    ]) {
      const square = { cx, cy, size, angle: 0.4 };
      const options = { outSize: 8, scale: 1 };
      const [whole, part] = [new Float32Array(192), new Float32Array(192)];
      sampleSquare({ ...picture, data }, square, options, whole);
      sampleSquare(band, square, options, part);
      expect(part).toEqual(whole);
      expect(() => sampleSquare(band, { ...square, cy: 20 }, options, part)).toThrow(RangeError);
    }
  }
});

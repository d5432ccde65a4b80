import { describe, expect, test } from 'vitest';
import { Letterboxer } from '../../src/face/letterbox.ts';
import { sampleSquare } from '../../src/face/sample.ts';
import type { Pixels } from '../../src/image/pixels.ts';

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
const letterbox = (pixels: Pixels, out: Float32Array) => new Letterboxer(SIZE).fit(pixels, out);

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
});

/** The loops over pixels against the same in plain words: double precision, a pixel at a time. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLetterbox } from '../../../src/core/face/letterbox.ts';
import { type Square, sampleSquare } from '../../../src/core/face/sample.ts';
import { measureSharpness } from '../../../src/core/face/sharpness.ts';
import type { Pixels } from '../../../src/core/image/pixels.ts';

const LIBRARY = new URL('../../../dist/index.js', import.meta.url).href;

/** A picture of noise, the same for the same seed. */
function noise(width: number, height: number, seed: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  let state = seed | 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[i] = state >>> 24;
  }
  return { data, width, height, scaleX: 1, scaleY: 1 };
}

const clamp = (index: number, length: number) => Math.min(length - 1, Math.max(0, index));

/** A channel of a pixel, or of the border's nearest one. */
function colour({ data, width, height }: Pixels, x: number, y: number, c: number): number {
  return data[(clamp(y, height) * width + clamp(x, width)) * 3 + c];
}

/** The mean of an area, whose edges may cut pixels. */
function meanOf(pixels: Pixels, [left, right]: number[], [top, bottom]: number[], c: number): number {
  let sum = 0;
  for (let y = Math.floor(top); y < bottom; y++) {
    for (let x = Math.floor(left); x < right; x++) {
      const across = Math.min(right, x + 1) - Math.max(left, x);
      const down = Math.min(bottom, y + 1) - Math.max(top, y);
      sum += colour(pixels, x, y, c) * across * down;
    }
  }
  return sum / ((right - left) * (bottom - top));
}

/** What {@link sampleSquare} makes of one place of its output. */
function sampleOf(
  pixels: Pixels,
  { cx, cy, size, angle }: Square,
  outSize: number,
  u: number,
  v: number,
  c: number,
) {
  const taps = Math.min(3, Math.max(1, Math.round(size / outSize)));
  const at = (i: number, j: number) => {
    const across = ((i + 0.5) / (outSize * taps) - 0.5) * size;
    const down = ((j + 0.5) / (outSize * taps) - 0.5) * size;
    const x = cx - 0.5 + Math.cos(angle) * across - Math.sin(angle) * down;
    const y = cy - 0.5 + Math.sin(angle) * across + Math.cos(angle) * down;
    return { x, y };
  };
  if (taps > 1) {
    let sum = 0;
    for (let j = v * taps; j < (v + 1) * taps; j++) {
      for (let i = u * taps; i < (u + 1) * taps; i++) {
        const { x, y } = at(i, j);
        sum += colour(pixels, Math.floor(x + 0.5), Math.floor(y + 0.5), c);
      }
    }
    return sum / taps ** 2;
  }
  const { x, y } = at(u, v);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const upper = colour(pixels, left, top, c) * (1 - fx) + colour(pixels, left + 1, top, c) * fx;
  const lower = colour(pixels, left, top + 1, c) * (1 - fx) + colour(pixels, left + 1, top + 1, c) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** The mean square of the slopes in the middle of a crop, of pixels or of blocks, blurred twice. */
function slopesOf(planes: Float32Array, size: number, cell: number): number {
  const cells = size / cell;
  const luma = (x: number, y: number) => {
    let sum = 0;
    for (let i = 0; i < cell * cell; i++) {
      const at = (y * cell + Math.floor(i / cell)) * size + x * cell + (i % cell);
      const [r, g, b] = [planes[at], planes[size * size + at], planes[2 * size * size + at]];
      sum += 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }
    return sum / cell ** 2;
  };
  // 1-2-1 twice is 1-4-6-4-1.
  const weights = [1, 4, 6, 4, 1];
  const blurred = (x: number, y: number) => {
    let sum = 0;
    for (let j = 0; j < 5; j++) {
      for (let i = 0; i < 5; i++) sum += (weights[i] * weights[j] * luma(x + i - 2, y + j - 2)) / 256;
    }
    return sum;
  };
  const from = Math.round(cells * 0.2);
  let energy = 0;
  for (let y = from; y < cells - from; y++) {
    for (let x = from; x < cells - from; x++) {
      energy += (blurred(x + 1, y) - blurred(x - 1, y)) ** 2 + (blurred(x, y + 1) - blurred(x, y - 1)) ** 2;
    }
  }
  return energy / (cells - 2 * from) ** 2;
}

const size = fc.integer({ min: 1, max: 90 });
const seed = fc.integer();
const OUT = 24;
const PLANE = OUT * OUT;

test('a letterbox has the mean of each area, whatever the size', () => {
  fc.assert(
    fc.property(size, size, seed, (width, height, seed) => {
      const pixels = noise(width, height, seed);
      const out = new Float32Array(3 * PLANE).fill(9);
      const { step, left, top } = fitLetterbox(pixels, OUT, out);
      const outWidth = Math.max(1, Math.round(width / step));
      const outHeight = Math.max(1, Math.round(height / step));
      const area = (i: number, length: number, outLength: number) => [
        (i * length) / outLength,
        Math.min(length, ((i + 1) * length) / outLength),
      ];
      for (let c = 0; c < 3; c++) {
        for (let v = 0; v < OUT; v++) {
          for (let u = 0; u < OUT; u++) {
            const isInside = u >= left && u < left + outWidth && v >= top && v < top + outHeight;
            const across = area(u - left, width, outWidth);
            const down = area(v - top, height, outHeight);
            const wanted = isInside ? meanOf(pixels, across, down, c) / 127.5 - 1 : -1;
            expect(Math.abs(out[c * PLANE + v * OUT + u] - wanted)).toBeLessThan(1e-4);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a square has its samples, wherever it lies and however it is turned', () => {
  const near = fc.double({ min: -40, max: 130, noNaN: true });
  const edge = fc.double({ min: 1, max: 100, noNaN: true });
  const angle = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(size, size, seed, near, near, edge, angle, (width, height, seed, cx, cy, edge, angle) => {
      const pixels = noise(width, height, seed);
      const square = { cx, cy, size: edge, angle };
      const out = new Float32Array(3 * PLANE);
      sampleSquare(pixels, square, { outSize: OUT, scale: 1 }, out);
      let off = 0;
      for (let c = 0; c < 3; c++) {
        for (let v = 0; v < OUT; v++) {
          for (let u = 0; u < OUT; u++) {
            const wanted = sampleOf(pixels, square, OUT, u, v, c);
            if (Math.abs(out[c * PLANE + v * OUT + u] - wanted) > 1e-2) off++;
          }
        }
      }
      // A sample right between two pixels may fall to either.
      expect(off).toBeLessThanOrEqual(PLANE / 100);
    }),
    { numRuns: 60 },
  );
});

test.each([64, 92, 120])('the sharpness of a crop of %d pixels is that of its slopes', (size) => {
  const { data } = noise(size, size, size);
  const planes = Float32Array.from(data, (value) => value / 255);
  const wanted = Math.sqrt(slopesOf(planes, size, 1) / slopesOf(planes, size, 4));
  expect(measureSharpness(planes, size)).toBeCloseTo(wanted, 4);
});

test('a small picture after a large one, and a large one after it, are as if they were alone', () => {
  const squareOf = (pixels: Pixels) => {
    const out = new Float32Array(3 * PLANE);
    fitLetterbox(pixels, OUT, out);
    return out;
  };
  const small = noise(7, 5, 1);
  const large = noise(1280, 960, 2);
  const alone = { small: squareOf(small), large: squareOf(large) };
  expect(squareOf(small)).toEqual(alone.small);
  expect(squareOf(large)).toEqual(alone.large);
});

test('a Node without WebAssembly is told so, before any model is loaded', async () => {
  const program = `import { createInspector } from ${JSON.stringify(LIBRARY)};
    await createInspector().catch(({ code, message }) => console.log(code, message));`;
  const flags = ['--jitless', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  expect(stdout).toBe('inspector.unavailable Inspecting needs WebAssembly with SIMD, which is not there.\n');
});

import { expect, test } from 'vitest';
import { measureSharpness } from '../../../src/core/face/sharpness.ts';
import { createRng } from '../../../tools/train/rng.ts';

const SIZE = 64;

/** Three planes of a picture with detail of every size, as photos have. */
function detailed(): Float32Array {
  const rng = createRng('sharpness');
  const plane = SIZE * SIZE;
  const planes = new Float32Array(3 * plane).fill(0.5);
  for (let cell = 1; cell <= 16; cell *= 2) {
    const values = Float64Array.from(
      { length: (SIZE / cell) ** 2 },
      () => rng.normal() * 0.02 * Math.sqrt(cell),
    );
    for (let i = 0; i < plane; i++) {
      const [x, y] = [Math.floor((i % SIZE) / cell), Math.floor(i / SIZE / cell)];
      for (let c = 0; c < 3; c++) planes[c * plane + i] += values[y * (SIZE / cell) + x];
    }
  }
  return planes;
}

/** The picture as if enlarged twofold: every pixel the mean of its 3 x 3 neighbours. */
function blurred(planes: Float32Array): Float32Array {
  return planes.map((_, at) => {
    const plane = Math.floor(at / SIZE ** 2) * SIZE ** 2;
    const [x, y] = [at % SIZE, Math.floor((at - plane) / SIZE)];
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const nearX = Math.min(SIZE - 1, Math.max(0, x + dx));
        const nearY = Math.min(SIZE - 1, Math.max(0, y + dy));
        sum += planes[plane + nearY * SIZE + nearX];
      }
    }
    return sum / 9;
  });
}

test('the more a picture is blurred, the less sharp it is', () => {
  let planes = detailed();
  for (let blurs = 0; blurs < 8; blurs++) {
    const sharper = measureSharpness(planes, SIZE);
    planes = blurred(planes);
    expect(measureSharpness(planes, SIZE)).toBeLessThan(sharper);
  }
  expect(measureSharpness(planes, SIZE)).toBeLessThan(0.7 * measureSharpness(detailed(), SIZE));
});

test('light and contrast do not matter', () => {
  const sharp = measureSharpness(detailed(), SIZE);
  const dim = detailed().map((value) => value * 0.3 + 0.05);
  expect(measureSharpness(dim, SIZE)).toBeCloseTo(sharp, 4);
});

test('a flat picture has no sharpness', () => {
  expect(measureSharpness(new Float32Array(3 * SIZE * SIZE), SIZE)).toBe(0);
});

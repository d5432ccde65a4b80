import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Algebra, openAlgebra, solveSymmetric } from '../../tools/train/algebra.ts';
import type { Cover } from '../../tools/train/covers/cover.ts';
import { EYE_PATCH } from '../../tools/train/covers/eyes.ts';
import { type FaceFrame, frameOf } from '../../tools/train/covers/frame.ts';
import { BEARD_DRAWN } from '../../tools/train/covers/harmless.ts';
import { COVERS, HARMLESS } from '../../tools/train/covers/index.ts';
import { MASKS } from '../../tools/train/covers/masks.ts';
import { dealFolds } from '../../tools/train/folds.ts';
import { isObstructed, paint } from '../../tools/train/paint.ts';
import { cutPatch, PATCH, type Patch } from '../../tools/train/patch.ts';
import { fitLogistic, fitRidge } from '../../tools/train/regression.ts';
import { createRng } from '../../tools/train/rng.ts';
import { areaUnderCurve, rate, reliability } from '../../tools/train/statistics.ts';
import { CLEAR } from '../../tools/train/truth.ts';
import { decodeFirst, openVision } from '../../tools/train/vision.ts';

test('the same seed gives the same chance', () => {
  const numbers = (seed: string) => Array.from({ length: 5 }, createRng(seed).next);
  expect(numbers('a')).toEqual(numbers('a'));
  expect(numbers('a')).not.toEqual(numbers('b'));
});

test('no origin is dealt to two folds, and every fold has some', () => {
  const origins = Array.from({ length: 200 }, (_, i) => `source ${Math.floor(Math.sqrt(i))}`);
  const folds = dealFolds(origins, 4);
  for (const origin of new Set(origins)) {
    const dealt = new Set([...folds].filter((_, i) => origins[i] === origin));
    expect(dealt.size).toBe(1);
  }
  expect(new Set(folds).size).toBe(4);
});

describe('algebra', () => {
  let algebra: Algebra;
  beforeAll(async () => {
    algebra = await openAlgebra();
  });
  const matrix = (rows: number, columns: number, values: readonly number[]) => ({
    rows,
    columns,
    data: Float32Array.from(values),
  });

  test('multiplies, either way round', async () => {
    const [a, b] = [matrix(2, 3, [1, 2, 3, 4, 5, 6]), matrix(3, 1, [1, 0, -1])];
    expect([...(await algebra.product(a, b)).data]).toEqual([-2, -2]);
    const c = matrix(2, 1, [1, 10]);
    expect([...(await algebra.transposedProduct(a, c)).data]).toEqual([41, 52, 63]);
  });

  test('solves, and refuses what has no solution', () => {
    const [x, y] = solveSymmetric(Float64Array.of(4, 2, 2, 3), Float64Array.of(8, 8));
    expect(x).toBeCloseTo(1, 12);
    expect(y).toBeCloseTo(2, 12);
    expect(() => solveSymmetric(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(RangeError);
  });

  test('regressions find what made the data', async () => {
    const rng = createRng('data');
    const rows = matrix(4000, 2, Array.from({ length: 8000 }, rng.normal));
    const weights = new Float64Array(4000).fill(1);
    const linear = (r: number) => 2 * rows.data[r * 2] - rows.data[r * 2 + 1] + 0.5;
    const values = Float64Array.from({ length: 4000 }, (_, r) => linear(r) + rng.normal() * 0.1);
    const ridge = await fitRidge(algebra, rows, { values, weights, penalty: 1e-6 });
    for (const [i, expected] of [2, -1, 0.5].entries()) expect(ridge[i]).toBeCloseTo(expected, 1);
    const drawn = Float64Array.from({ length: 4000 }, (_, r) =>
      Number(rng.chance(1 / (1 + Math.exp(-linear(r))))),
    );
    const logistic = await fitLogistic(algebra, rows, { values: drawn, weights, penalty: 1e-6 });
    for (const [i, expected] of [2, -1, 0.5].entries())
      expect(Math.abs(logistic[i] - expected)).toBeLessThan(0.2);
  });
});

describe('statistics', () => {
  test('a rate counts trials, its interval pictures', () => {
    const trials = (variants: number) =>
      Array.from({ length: 40 * variants }, (_, i) => ({ file: `${i % 40}`, hit: i % 40 < 30 }));
    const [one, many] = [rate(trials(1)), rate(trials(50))];
    expect(one.share).toBe(0.75);
    expect(many.count).toBe(1500);
    expect(many.high - many.low).toBeCloseTo(one.high - one.low, 5);
  });

  test('agreement of all leaves a doubt', () => {
    const all = rate(Array.from({ length: 10 }, (_, i) => ({ file: `${i}`, hit: true })));
    expect(all.low).toBeCloseTo(0.6915, 3);
    expect(all.high).toBe(1);
  });

  test('the area under the curve counts ties half', () => {
    expect(areaUnderCurve([2, 3], [1, 2])).toBe(0.875);
  });

  test('a probability that is true to its word has no error', () => {
    const pairs = Array.from({ length: 100 }, (_, i) => ({ probability: 0.25, truth: i % 4 === 0 }));
    expect(reliability(pairs).error).toBeCloseTo(0, 10);
    expect(reliability(pairs.map(({ truth }) => ({ probability: 0.9, truth }))).error).toBeCloseTo(0.65, 5);
  });
});

describe('drawn covers', () => {
  let patch: Patch;
  let frame: FaceFrame;
  beforeAll(async () => {
    const vision = await openVision();
    const pixels = await decodeFirst(fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url)));
    const [face] = await vision.look(pixels);
    patch = cutPatch(pixels, face, await vision.measure(pixels, face), createRng('patch'));
    frame = frameOf(patch.points, PATCH);
  });
  const draw = async (cover: Cover, seed: string) => {
    const rng = createRng(seed);
    const drawing = cover.draw({ frame, rng, skin: [220, 170, 140] });
    return paint(patch.pixels, frame, drawing, null, rng);
  };

  test('a mask covers nose, mouth and chin, not the eyes', async () => {
    const { covered, pixels } = await draw(MASKS[0], 'mask');
    expect(covered).toEqual({ leftEye: false, rightEye: false, nose: true, mouth: true, chin: true });
    expect(isObstructed(covered)).toBe(true);
    expect(pixels.data).not.toEqual(patch.pixels.data);
  });

  test('a patch over one eye covers that eye and spoils nothing', async () => {
    const { covered } = await draw(EYE_PATCH, 'patch');
    expect([covered.leftEye, covered.rightEye].filter(Boolean)).toHaveLength(1);
    expect(isObstructed(covered)).toBe(false);
  });

  test('a beard covers nothing, dense as it is', async () => {
    const { covered, pixels } = await draw(BEARD_DRAWN, 'beard');
    expect(covered).toEqual(CLEAR);
    expect(pixels.data).not.toEqual(patch.pixels.data);
  });

  test.each([...new Set([...COVERS, ...HARMLESS])])('$kind: drawn the same each time', async (cover) => {
    const [once, again] = [await draw(cover, 'same'), await draw(cover, 'same')];
    expect(once.covered).toEqual(again.covered);
    expect(Buffer.from(once.pixels.data).equals(Buffer.from(again.pixels.data))).toBe(true);
  });
});

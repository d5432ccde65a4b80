import { beforeAll, describe, expect, test } from 'vitest';
import { CELLS, CHANNELS } from '../../src/models/head-network.ts';
import { type Algebra, openAlgebra } from '../../tools/train/algebra.ts';
import { type Lesson, learn } from '../../tools/train/learn.ts';
import { run } from '../../tools/train/network.ts';
import { createRng } from '../../tools/train/rng.ts';
import type { Features } from '../../tools/train/samples.ts';
import { areaUnderCurve } from '../../tools/train/statistics.ts';

const SAMPLES = 3000;
const TINTS = 3;
/** Channels that say the same. */
const BLOCK = 32;

/** Noise, but for two blocks of channels, each of one number, that agree in sign or not: no linear head can tell. */
function makeFeatures(): Features {
  const rng = createRng('features');
  const matrix = (columns: number) => ({
    rows: SAMPLES,
    columns,
    data: Float32Array.from({ length: SAMPLES * columns }, rng.normal),
  });
  const activations = matrix(CHANNELS * CELLS);
  for (let at = 0; at < activations.data.length; at += CHANNELS * CELLS) {
    for (const block of [0, 1]) {
      const from = at + block * BLOCK * CELLS;
      activations.data.fill(rng.normal(), from, from + BLOCK * CELLS);
    }
  }
  return { activations, tints: matrix(TINTS) };
}

describe('learning', () => {
  const features = makeFeatures();
  const channel = (sample: number, at: number) => features.activations.data[(sample * CHANNELS + at) * CELLS];
  const agree = Float64Array.from({ length: SAMPLES }, (_, i) =>
    Number(channel(i, 0) * channel(i, BLOCK) > 0),
  );
  const weights = new Float64Array(SAMPLES).fill(1);
  const lessons: Lesson[] = [
    { kind: 'logistic', targets: agree, weights },
    {
      kind: 'distance',
      targets: Float64Array.from(agree, (_, i) => (i % 2 === 0 ? Math.abs(channel(i, 0)) : Number.NaN)),
      weights,
    },
  ];
  const all = [...agree.keys()];
  const [learnt, asked] = [all.slice(0, 2500), all.slice(2500)];
  let algebra: Algebra;
  beforeAll(async () => {
    algebra = await openAlgebra();
  });

  test('finds what no linear head can, from some of the samples', async () => {
    const network = await learn(algebra, features, lessons, learnt);
    const { outputs } = await run(algebra, network, features, asked);
    const value = (row: number, column: number) => outputs.data[row * 2 + column];
    const side = (wanted: number) =>
      asked.flatMap((sample, row) => (agree[sample] === wanted ? [value(row, 0)] : []));
    expect(areaUnderCurve(side(1), side(0))).toBeGreaterThan(0.9);
    const errors = asked.map((sample, row) => Math.abs(value(row, 1) - Math.abs(channel(sample, 0))));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    // Saying the same of everyone would be off by 0.48.
    expect(mean).toBeLessThan(0.4);
  });

  test('gives the same network again, and learns nothing from who was not chosen', async () => {
    const once = await learn(algebra, features, lessons, learnt.slice(0, 600));
    const changed = lessons.map((lesson) => ({
      ...lesson,
      targets: lesson.targets.map((value, i) => (i < 600 ? value : 1 - value)),
    }));
    const again = await learn(algebra, features, changed, learnt.slice(0, 600));
    expect(again).toEqual(once);
  });
});

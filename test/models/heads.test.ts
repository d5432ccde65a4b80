import { beforeAll, describe, expect, test } from 'vitest';
import { CELLS, CHANNELS, HeadNetwork, type LayerFile } from '../../src/models/head-network.ts';
import shipped from '../../src/models/heads.json' with { type: 'json' };
import { type HeadInput, type HeadsFile, loadHeads } from '../../src/models/heads.ts';
import { type Algebra, openAlgebra } from '../../tools/train/algebra.ts';
import { runHeads } from '../../tools/train/fit.ts';
import { beginNetwork } from '../../tools/train/network.ts';
import { packNetwork } from '../../tools/train/pack.ts';
import { createRng } from '../../tools/train/rng.ts';
import { HEADS } from '../../tools/train/specs.ts';

const FEATURES = CHANNELS * CELLS;
const TINTS = 4;
const ANSWERS = ['human', 'profile', 'yaw', 'obstructed', 'leftEye', 'rightEye', 'nose', 'mouth', 'chin'];

/** A face whose activations are all the same, looking straight ahead. */
function face(activation: number, flag = 0.5, tints = TINTS): HeadInput {
  const levelled = new Float32Array(468 * 3);
  levelled[234 * 3] = 30;
  levelled[454 * 3] = 160;
  const features = new Float32Array(FEATURES).fill(activation);
  return { features, tints: new Float32Array(tints), flag, levelled };
}

/** Of the shipped heads as many tints as they were trained on. */
const shippedFace = (activation: number, flag?: number) =>
  face(activation, flag, new HeadNetwork(shipped.network).tints);

/** A layer of weights that are all the same. */
function layerOf(rows: number, columns: number, weight: number, biases: readonly number[]): LayerFile {
  const base64 = (array: Int8Array | Float32Array) => Buffer.from(array.buffer).toString('base64');
  return {
    weights: base64(new Int8Array(rows * columns).fill(100)),
    scales: base64(new Float32Array(rows).fill(weight / 100)),
    biases: base64(Float32Array.from(biases)),
  };
}

/** Heads that each give the mean activation plus a bias of their own, and answers that are one head each. */
function fileOf(biases: Partial<Record<string, number>>): HeadsFile {
  const joins = Object.fromEntries(
    ANSWERS.map((answer) => {
      const term = answer === 'obstructed' ? 'cover' : answer;
      return [answer, { bias: 0, terms: { [term]: answer === 'yaw' ? 45 : 1 } }];
    }),
  );
  const outputs = HEADS.map(({ name }) => name);
  const network = {
    outputs,
    cell: layerOf(2, CHANNELS, 1 / CHANNELS, [0, 0]),
    hidden: layerOf(1, 2 * CELLS + TINTS, 1 / (2 * CELLS), [0]),
    output: layerOf(
      outputs.length,
      1,
      1,
      outputs.map((name) => biases[name] ?? 0),
    ),
  };
  return { version: 'test', provenance: '', network, joins };
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

describe('a file of heads', () => {
  test('is read as it was packed', () => {
    const heads = loadHeads(fileOf({ human: 1, mouth: -2, cover: 0.5 }));
    const scores = heads.read(face(0.75), 0.9);
    expect(heads.version).toBe('test');
    expect(scores.human).toBeCloseTo(sigmoid(1.75), 3);
    expect(scores.covered.mouth).toBeCloseTo(sigmoid(-1.25), 3);
    expect(scores.covered.nose).toBeCloseTo(sigmoid(0.75), 3);
    expect(scores.obstructed).toBeCloseTo(sigmoid(1.25), 3);
  });

  test('keeps yaw within 0 and 90 degrees', () => {
    expect(loadHeads(fileOf({ yaw: 200 })).read(face(0), 0.9).yaw).toBe(90);
    expect(loadHeads(fileOf({ yaw: -20 })).read(face(0), 0.9).yaw).toBe(0);
    expect(loadHeads(fileOf({ yaw: 33 })).read(face(0), 0.9).yaw).toBeCloseTo(33, 3);
  });

  test('reads tints beside activations', () => {
    const tints = Float32Array.of(18, 0, 0, 18);
    const { human } = loadHeads(fileOf({})).read({ ...face(0), tints }, 0.9);
    expect(human).toBeCloseTo(sigmoid(0.5), 3);
  });

  test('is refused without an answer', () => {
    const { human: _, ...joins } = fileOf({}).joins;
    expect(() => loadHeads({ ...fileOf({}), joins })).toThrow('no answer "human"');
  });

  test.each(['cell', 'hidden', 'output'] as const)('is refused with a damaged layer: %s', (layer) => {
    const file = fileOf({});
    const network = { ...file.network, [layer]: { ...file.network[layer], weights: 'AAAA' } };
    expect(() => loadHeads({ ...file, network })).toThrow(`its layer "${layer}"`);
  });

  test('says which signal it lacks', () => {
    const file = fileOf({});
    const heads = loadHeads({ ...file, joins: { ...file.joins, human: { bias: 0, terms: { smile: 1 } } } });
    expect(() => heads.read(face(0), 0.9)).toThrow('no signal "smile"');
  });
});

describe('the shipped heads', () => {
  test('give probabilities, and degrees, for any activations', () => {
    const heads = loadHeads();
    const rng = createRng('any');
    for (let i = 0; i < 50; i++) {
      const features = Float32Array.from({ length: FEATURES }, () => Math.max(0, rng.normal() * 3));
      const { covered, yaw, ...scores } = heads.read({ ...shippedFace(0, rng.next()), features }, rng.next());
      for (const value of [...Object.values(scores), ...Object.values(covered)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(yaw).toBeGreaterThanOrEqual(0);
      expect(yaw).toBeLessThanOrEqual(90);
    }
  });

  test('answer at the ends of the scores, where logits are infinite', () => {
    const { human, obstructed } = loadHeads().read(shippedFace(0.1, 0), 1);
    expect([human, obstructed].every(Number.isFinite)).toBe(true);
  });

  test('read as many numbers as they were trained on', () => {
    const short = { ...shippedFace(0), features: new Float32Array(10) };
    expect(() => loadHeads().read(short, 0.9)).toThrow(RangeError);
    expect(() => loadHeads().read(face(0), 0.9)).toThrow('4 tints were given');
  });

  test('are small: a few tens of kilobytes', () => {
    expect(JSON.stringify(shipped).length).toBeLessThan(90_000);
  });
});

describe('a trained network', () => {
  let algebra: Algebra;
  beforeAll(async () => {
    algebra = await openAlgebra();
  });

  test('says packed what it says unpacked, but for the eight bits', async () => {
    const rng = createRng('network');
    const numbers = (count: number, low: number, high: number) =>
      Float32Array.from({ length: count }, () => rng.between(low, high));
    const scaling = (count: number) => ({
      means: numbers(count, -1, 1),
      deviations: numbers(count, 0.5, 2),
    });
    const network = beginNetwork({ channels: scaling(CHANNELS), tints: scaling(TINTS) }, HEADS.length, rng);
    network.hidden.biases.set(numbers(network.hidden.biases.length, -1, 1));
    const features = {
      activations: { rows: 1, columns: FEATURES, data: numbers(FEATURES, -2, 2) },
      tints: { rows: 1, columns: TINTS, data: numbers(TINTS, -2, 2) },
    };
    const [exact] = await runHeads(algebra, network, features, [0]);
    const packed = new HeadNetwork(packNetwork(network)).run(features.activations.data, features.tints.data);
    expect([...packed.keys()]).toEqual(HEADS.map(({ name }) => name));
    const scale = Math.max(...[...exact.values()].map(Math.abs));
    for (const [name, value] of exact) expect(Math.abs(packed.get(name)! - value)).toBeLessThan(0.02 * scale);
  });
});

import { describe, expect, test } from 'vitest';
import { TINTS as SHIPPED_TINTS } from '../../../src/core/face/tints.ts';
import { CELLS, CHANNELS } from '../../../src/core/models/head-network.ts';
import shipped from '../../../src/core/models/heads.json' with { type: 'json' };
import { type HeadInput, type HeadsFile, loadHeads } from '../../../src/core/models/heads.ts';
import type { LayerFile } from '../../../src/core/models/layer.ts';
import { createRng } from '../../../tools/train/rng.ts';
import { constantForest, stump } from './forests.ts';

const FEATURES = CHANNELS * CELLS;
const TINTS = 4;
/** Shares of eight regions and six classes, the networks' own scores, and the frame's gaps. */
const SHARES = 48;
const SCORES = 4;
const GAPS = 4;
const OUTPUTS = ['yaw'];
const NUMBERS = OUTPUTS.length + SCORES + 2 * SHARES + GAPS;
const KINDS = ['clear', 'none', 'profile', 'covered', 'cut'];

/** A face whose activations are all the same, looking straight ahead. */
function face(activation: number, flag = 0.5, tints = TINTS): HeadInput {
  const levelled = new Float32Array(468 * 3);
  levelled[234 * 3] = 30;
  levelled[454 * 3] = 160;
  const features = new Float32Array(FEATURES).fill(activation);
  const surface = { means: new Float32Array(SHARES), largest: new Float32Array(SHARES) };
  return {
    features,
    tints: new Float32Array(tints),
    surface,
    frame: [0.25, 0.25, 0.25, 0.25],
    flag,
    levelled,
  };
}

/** Of the shipped heads as many tints as they were trained on. */
const shippedFace = (activation: number, flag?: number) => face(activation, flag, SHIPPED_TINTS);

/** A layer of weights that are all the same. */
function layerOf(rows: number, columns: number, weight: number, biases: readonly number[]): LayerFile {
  const base64 = (array: Int8Array | Float32Array) => Buffer.from(array.buffer).toString('base64');
  return {
    weights: base64(new Int8Array(rows * columns).fill(100)),
    scales: base64(new Float32Array(rows).fill(weight / 100)),
    biases: base64(Float32Array.from(biases)),
  };
}

/** A network that says the mean activation, and forests that say the same of every face. */
function fileOf(logits: Partial<Record<string, number>>): HeadsFile {
  const others = TINTS + SCORES;
  const hidden = layerOf(1, 2 * CELLS + others, 1 / (2 * CELLS), [0]);
  // The colours and the networks' own scores count for nothing here.
  const weights = Buffer.from(hidden.weights, 'base64').fill(0, 2 * CELLS);
  const network = {
    outputs: OUTPUTS,
    cell: layerOf(2, CHANNELS, 1 / CHANNELS, [0, 0]),
    hidden: { ...hidden, weights: weights.toString('base64') },
    output: layerOf(OUTPUTS.length, 1, 1, [0]),
  };
  const one = (name: string) => constantForest([name], [logits[name] ?? 0], NUMBERS);
  return {
    version: 'test',
    provenance: '',
    network,
    forests: {
      kind: constantForest(
        KINDS,
        KINDS.map((kind) => logits[kind] ?? 0),
        NUMBERS,
      ),
      covered: {
        leftEye: one('leftEye'),
        rightEye: one('rightEye'),
        nose: one('nose'),
        mouth: one('mouth'),
        chin: one('chin'),
      },
    },
  };
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

describe('a file of heads', () => {
  test('tells each thing that spoils a face among what is left when those before it are ruled out', () => {
    const logits = { clear: 1, none: 0, profile: 2, covered: 3, cut: -1 };
    const heads = loadHeads(fileOf(logits));
    const { human, cutOff, profile, obstructed } = heads.read(face(0), 0.9);
    const [clear, none, side, hidden, cut] = [1, 0, 2, 3, -1].map(Math.exp);
    expect(heads.version).toBe('test');
    expect(human).toBeCloseTo(1 - none / (clear + none + side + hidden + cut), 3);
    expect(cutOff).toBeCloseTo(cut / (clear + side + hidden + cut), 3);
    expect(profile).toBeCloseTo(side / (clear + side + hidden), 3);
    expect(obstructed).toBeCloseTo(hidden / (clear + hidden), 3);
  });

  test('says how likely each region is covered', () => {
    const { covered } = loadHeads(fileOf({ mouth: -2, nose: 0.75 })).read(face(0), 0.9);
    expect(covered.mouth).toBeCloseTo(sigmoid(-2), 3);
    expect(covered.nose).toBeCloseTo(sigmoid(0.75), 3);
    expect(covered.chin).toBe(0.5);
  });

  test('tells the turn by the mesh, and in profile by the network', () => {
    expect(loadHeads(fileOf({ profile: -30 })).read(face(1.8), 0.9).yaw).toBe(0);
    expect(loadHeads(fileOf({ profile: 30 })).read(face(1.8), 0.9).yaw).toBeCloseTo(81, 1);
  });

  test.each([
    ['the network', 0, face(0.75)],
    ['the scores', OUTPUTS.length + 1, face(0, 0.9)],
    [
      'the surface',
      OUTPUTS.length + SCORES,
      { ...face(0), surface: { means: new Float32Array(SHARES).fill(1), largest: new Float32Array(SHARES) } },
    ],
    ['the frame', NUMBERS - 1, { ...face(0), frame: [0, 0, 0, 1] }],
  ])('lets its forests read %s', (_, input, other) => {
    const file = fileOf({});
    const nose = stump('nose', { input, limit: 0.5, below: -2, above: 2 }, NUMBERS);
    const heads = loadHeads({
      ...file,
      forests: { ...file.forests, covered: { ...file.forests.covered, nose } },
    });
    expect(heads.read(face(0), 0.9).covered.nose).toBeCloseTo(sigmoid(-2), 3);
    expect(heads.read(other, 0.9).covered.nose).toBeCloseTo(sigmoid(2), 3);
  });

  test('is refused with other kinds', () => {
    const file = fileOf({});
    const kind = constantForest(['clear', 'none'], [0, 0], NUMBERS);
    expect(() => loadHeads({ ...file, forests: { ...file.forests, kind } })).toThrow('the kinds clear, none');
  });

  test.each(['cell', 'hidden', 'output'] as const)('is refused with a damaged layer: %s', (layer) => {
    const file = fileOf({});
    const network = { ...file.network, [layer]: { ...file.network[layer], weights: 'AAAA' } };
    expect(() => loadHeads({ ...file, network })).toThrow(`its layer "${layer}"`);
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
    expect(() => loadHeads().read(face(0), 0.9)).toThrow('8 other numbers were given');
  });

  test('are small: less than two tenths of a megabyte', () => {
    expect(JSON.stringify(shipped).length).toBeLessThan(200_000);
  });
});

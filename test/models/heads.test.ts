import { describe, expect, test } from 'vitest';
import shipped from '../../src/models/heads.json' with { type: 'json' };
import { type HeadInput, type HeadsFile, loadHeads } from '../../src/models/heads.ts';
import { packHead } from '../../tools/train/pack.ts';
import { createRng } from '../../tools/train/rng.ts';

const FEATURES = 128 * 36;
const HEADS = [
  'human',
  'profile',
  'yaw',
  'turn',
  'leftEye',
  'rightEye',
  'nose',
  'mouth',
  'chin',
  'cover',
] as const;
const ANSWERS = ['human', 'profile', 'yaw', 'obstructed', 'leftEye', 'rightEye', 'nose', 'mouth', 'chin'];

/** A face whose activations are all the same, looking straight ahead. */
function face(activation: number, flag = 0.5): HeadInput {
  const levelled = new Float32Array(468 * 3);
  levelled[234 * 3] = 30;
  levelled[454 * 3] = 160;
  return { features: new Float32Array(FEATURES).fill(activation), flag, levelled };
}

/** Heads that each give the mean activation plus a bias of their own, and answers that are one head each. */
function fileOf(biases: Partial<Record<(typeof HEADS)[number], number>>): HeadsFile {
  const weights = new Float64Array(FEATURES).fill(1 / FEATURES);
  const heads = Object.fromEntries(
    HEADS.map((name) => [name, packHead({ weights, bias: biases[name] ?? 0 })]),
  );
  const joins = Object.fromEntries(
    ANSWERS.map((answer) => {
      const term = answer === 'obstructed' ? 'cover' : answer;
      return [answer, { bias: 0, terms: { [term]: answer === 'yaw' ? 45 : 1 } }];
    }),
  );
  return { version: 'test', provenance: '', heads, joins };
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

  test('keeps eight bits of each weight', () => {
    const rng = createRng('heads');
    const weights = Float64Array.from({ length: FEATURES }, () => rng.normal());
    const features = Float32Array.from({ length: FEATURES }, () => rng.next() / FEATURES);
    const exact = features.reduce((sum, value, i) => sum + value * weights[i], 0);
    const file = { ...fileOf({}), heads: { ...fileOf({}).heads, human: packHead({ weights, bias: 0 }) } };
    const { human } = loadHeads(file).read({ ...face(0), features }, 0.9);
    expect(Math.log(human / (1 - human))).toBeCloseTo(exact, 2);
  });

  test('is refused without an answer', () => {
    const { human: _, ...joins } = fileOf({}).joins;
    expect(() => loadHeads({ ...fileOf({}), joins })).toThrow('no answer "human"');
  });

  test('is refused with too few weights', () => {
    const file = fileOf({});
    const nose = { ...file.heads.nose, weights: 'AAAA' };
    expect(() => loadHeads({ ...file, heads: { ...file.heads, nose } })).toThrow('"nose" has 3 weights');
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
      const { covered, yaw, ...scores } = heads.read({ ...face(0, rng.next()), features }, rng.next());
      for (const value of [...Object.values(scores), ...Object.values(covered)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(yaw).toBeGreaterThanOrEqual(0);
      expect(yaw).toBeLessThanOrEqual(90);
    }
  });

  test('answer at the ends of the scores, where logits are infinite', () => {
    const { human, obstructed } = loadHeads().read(face(0.1, 0), 1);
    expect([human, obstructed].every(Number.isFinite)).toBe(true);
  });

  test('read as many activations as they were trained on', () => {
    const short = { ...face(0), features: new Float32Array(10) };
    expect(() => loadHeads().read(short, 0.9)).toThrow(RangeError);
  });

  test('are small: a few tens of kilobytes', () => {
    expect(JSON.stringify(shipped).length).toBeLessThan(90_000);
  });
});

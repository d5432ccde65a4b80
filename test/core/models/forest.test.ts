import { describe, expect, test } from 'vitest';
import { Forest } from '../../../src/core/models/forest.ts';
import { constantForest, stump } from './forests.ts';

const STUMP = { input: 1, limit: 0.5, below: -1, above: 2 };

describe('a forest', () => {
  test('goes left up to the limit, and right beyond it', () => {
    const forest = new Forest(stump('a', STUMP, 2));
    expect(forest.run(Float32Array.of(9, 0.5))).toEqual([-1]);
    expect(forest.run(Float32Array.of(-9, 0.51))).toEqual([2]);
  });

  test('adds its trees to its baseline, each to its own output', () => {
    const one = constantForest(['a', 'b'], [1, 2], 1);
    const twice = (base64: string) => {
      const bytes = Buffer.from(base64, 'base64');
      return Buffer.concat([bytes, bytes]).toString('base64');
    };
    const forest = new Forest({
      ...one,
      baseline: [0.5, 0],
      sizes: twice(one.sizes),
      looks: twice(one.looks),
      values: twice(one.values),
      rights: twice(one.rights),
    });
    expect(forest.run(Float32Array.of(0))).toEqual([2.5, 4]);
  });

  test('is refused where a node leads out of it, or back', () => {
    const file = stump('a', STUMP, 2);
    for (const right of [0, 1, 3])
      expect(() => new Forest({ ...file, rights: Buffer.from([right, 0, 0]).toString('base64') })).toThrow(
        'leads out of itself',
      );
    expect(() => new Forest({ ...file, inputs: 1 })).toThrow('leads out of itself');
  });

  test('is refused where its parts differ in length', () => {
    const file = stump('a', STUMP, 2);
    expect(() => new Forest({ ...file, sizes: Buffer.from([4]).toString('base64') })).toThrow('4 nodes');
  });

  test('reads as many numbers as it was trained on', () => {
    expect(() => new Forest(stump('a', STUMP, 2)).run(Float32Array.of(1))).toThrow('the forest reads 2');
  });
});

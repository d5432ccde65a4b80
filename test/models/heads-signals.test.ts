import { expect, test } from 'vitest';
import { compileJoin, deriveSignals } from '../../src/models/signals.ts';

const OUTPUTS = new Map([
  ['human', 2],
  ['profile', 0],
  ['yaw', -9],
  ['turn', -45],
  ['leftEye', 3],
  ['rightEye', -1],
  ['nose', -4],
  ['mouth', 5],
  ['chin', 0],
  ['cover', 1],
]);
const SCORES = { score: 0.5, flag: 1, meshYaw: -90 };

test('a spoilt face is one with mouth or nose covered, or both eyes', () => {
  const signals = deriveSignals(OUTPUTS, SCORES);
  expect(signals.get('lowerFace')).toBe(5);
  expect(signals.get('bothEyes')).toBe(-1);
  expect(signals.get('anyEye')).toBe(3);
});

test('turns lose their sign, and are in units of 45 degrees', () => {
  const signals = deriveSignals(OUTPUTS, SCORES);
  expect(signals.get('turned')).toBe(1);
  expect(signals.get('meshTurned')).toBe(2);
  expect(signals.get('yaw')).toBe(0);
});

test('scores become logits, finite even at the ends', () => {
  const signals = deriveSignals(OUTPUTS, SCORES);
  expect(signals.get('score')).toBeCloseTo(0, 10);
  expect(signals.get('flag')).toBeCloseTo(Math.log(9999), 6);
});

test('a join adds signals and products of signals', () => {
  const signals = new Map([
    ['a', 2],
    ['b', 3],
  ]);
  expect(compileJoin({ bias: 1, terms: { a: 10, 'a*b': 100, 'b*b': 1000 } })(signals)).toBe(9621);
});

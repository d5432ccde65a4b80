import { expect, test } from 'vitest';
import { scoreSignals } from '../../../src/core/models/signals.ts';

test('scores become logits, finite even at the ends, and the yaw comes with and without its sign', () => {
  const [score, flag, yaw, turned] = scoreSignals({ score: 0.5, flag: 1, meshYaw: -90 });
  expect(score).toBeCloseTo(0, 10);
  expect(flag).toBeCloseTo(Math.log(9999), 6);
  expect([yaw, turned]).toEqual([-2, 2]);
});

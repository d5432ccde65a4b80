import { expect, test } from 'vitest';
import { bandAround } from '../../../src/core/face/band.ts';

const faceAt = (top: number, edge = 10) =>
  ({ score: 1, box: [0, top, edge, top + edge], points: [] }) as const;

test.each([
  ['in the middle', 45, 0.5 - Math.SQRT2 / 10, 0.5 + Math.SQRT2 / 10],
  ['at the top', -3, 0, 0.02 + Math.SQRT2 / 10],
  ['at the bottom', 93, 0.98 - Math.SQRT2 / 10, 1],
  ['above the picture', -300, 0, 0],
  ['below the picture', 300, 1, 1],
] as const)('a face %s', (_where, top, from, to) => {
  const band = bandAround(faceAt(top), 100);
  expect(band.from).toBeCloseTo(from);
  expect(band.to).toBeCloseTo(to);
});

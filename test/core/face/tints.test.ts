import { describe, expect, test } from 'vitest';
import { sampleTints, TINT_POINTS, TINTS } from '../../../src/core/face/tints.ts';

const SIZE = 64;

/** Planes of a colour each, and a mesh whose points are spread over them. */
function makeFace(colour: readonly [number, number, number]) {
  const planes = new Float32Array(3 * SIZE * SIZE);
  colour.forEach((value, c) => {
    planes.fill(value, c * SIZE * SIZE, (c + 1) * SIZE * SIZE);
  });
  const levelled = new Float32Array(468 * 3);
  TINT_POINTS.forEach((point, i) => {
    levelled[point * 3] = 4 + 8 * (i % 7);
    levelled[point * 3 + 1] = 4 + 8 * Math.floor(i / 7);
  });
  return { planes, levelled };
}

/** Paints the square that stands for a point. */
function paint({ planes, levelled }: ReturnType<typeof makeFace>, point: number, value: number): void {
  const [left, top] = [levelled[point * 3] - 2, levelled[point * 3 + 1] - 2];
  for (let c = 0; c < 3; c++) {
    for (let y = top; y < top + 5; y++)
      planes.fill(value, c * SIZE * SIZE + y * SIZE + left, c * SIZE * SIZE + y * SIZE + left + 5);
  }
}

describe('tints', () => {
  test('are nothing on an even face of whatever tone', () => {
    for (const colour of [
      [0.9, 0.7, 0.6],
      [0.2, 0.1, 0.08],
    ] as const) {
      const { planes, levelled } = makeFace(colour);
      const tints = sampleTints(planes, SIZE, levelled);
      expect(tints).toHaveLength(TINTS);
      for (const tint of tints) expect(tint).toBeCloseTo(0, 5);
    }
  });

  test('tell a dark spot from the rest', () => {
    const face = makeFace([0.5, 0.5, 0.5]);
    paint(face, TINT_POINTS[19], 0);
    const tints = sampleTints(face.planes, SIZE, face.levelled);
    expect(tints[19 * 3]).toBeLessThan(-2);
    expect(tints[0]).toBeGreaterThan(0);
    expect(tints[0]).toBeLessThan(0.1);
  });

  test('outside of the picture are those of its edge', () => {
    const face = makeFace([0.5, 0.5, 0.5]);
    face.levelled.fill(-1000);
    expect(sampleTints(face.planes, SIZE, face.levelled).every(Number.isFinite)).toBe(true);
    face.levelled.fill(1000);
    expect(sampleTints(face.planes, SIZE, face.levelled).every(Number.isFinite)).toBe(true);
  });
});

/** Where things are drawn and named, on the page and in annotated pictures alike. */
import { describe, expect, test } from 'vitest';
import { bottomOf, cropCorners, cropLabelPlace, headAxes } from '../../src/annotate/geometry.ts';

describe("the head's axes", () => {
  test.each([
    ['from the front', { yaw: 0, pitch: 0, roll: 0 }, { across: [1, 0], up: [0, -1], forward: [0, 0] }],
    [
      "turned to the picture's right",
      { yaw: 90, pitch: 0, roll: 0 },
      { across: [0, 0], up: [0, -1], forward: [1, 0] },
    ],
    ['looking up', { yaw: 0, pitch: 90, roll: 0 }, { across: [1, 0], up: [0, 0], forward: [0, -1] }],
    ['leaning clockwise', { yaw: 0, pitch: 0, roll: 90 }, { across: [0, 1], up: [1, 0], forward: [0, 0] }],
  ])('%s', (_name, pose, expected) => {
    for (const [axis, { x, y }] of Object.entries(headAxes(pose))) {
      const [right, down] = expected[axis as keyof typeof expected];
      expect(x, axis).toBeCloseTo(right!);
      expect(y, axis).toBeCloseTo(down!);
    }
  });
});

describe('the crop', () => {
  const crop = { center: { x: 10, y: 20 }, size: 4, angle: 0 };

  test('has its corners clockwise, and turns so around its centre', () => {
    const numbers = (angle: number) => cropCorners({ ...crop, angle }).flatMap(({ x, y }) => [x, y]);
    expect(numbers(0)).toEqual([8, 18, 12, 18, 12, 22, 8, 22]);
    for (const [at, value] of [12, 18, 12, 22, 8, 22, 8, 18].entries())
      expect(numbers(90)[at]).toBeCloseTo(value);
  });

  test('is named at its corner, or where the picture begins', () => {
    const image = { uprightWidth: 100, uprightHeight: 100 };
    expect(cropLabelPlace(crop, image)).toEqual({ x: 8, y: 18 });
    expect(cropLabelPlace({ ...crop, size: 60 }, image)).toEqual({ x: 0, y: 0 });
    expect(cropLabelPlace({ ...crop, center: { x: 300, y: 20 } }, image)).toEqual({ x: 100, y: 18 });
  });
});

test('what covers a face is named below the middle of its outlines', () => {
  const outlines = [
    [0, 0, 10, 0, 10, 10],
    [20, 5, 30, 5, 30, 40],
  ];
  expect(bottomOf(outlines)).toEqual({ x: 15, y: 40 });
  expect(bottomOf([])).toBeNull();
});

/** Where things are drawn: crop, axes, scales. */
import { describe, expect, test } from 'vitest';
import { LIMITS, type LimitName } from '../../src/core/checks/limits.ts';
import {
  bottomOf,
  cropCorners,
  cropTransform,
  headAxes,
  outlinesPath,
} from '../../web/src/stage/geometry.ts';
import { indexOf, limitAt, positionOf, scaleOf, stepsOf } from '../../web/src/verdict/scale.ts';
import { PAGE_WORDS } from '../../web/src/words/catalogue.ts';

describe('the crop', () => {
  const crop = { center: { x: 300, y: 200 }, size: 100, angle: 30 };

  test('is a square turned clockwise around its centre', () => {
    const [topLeft, topRight] = cropCorners(crop);
    expect(topRight!.y).toBeGreaterThan(topLeft!.y);
    expect(Math.hypot(topRight!.x - topLeft!.x, topRight!.y - topLeft!.y)).toBeCloseTo(100);
  });

  test('fills its canvas, upright', () => {
    const [a, b, c, d, e, f] = cropTransform(crop, 256);
    const corners = cropCorners(crop).map(({ x, y }) => [a * x + c * y + e, b * x + d * y + f]);
    const expected = [
      [0, 0],
      [256, 0],
      [256, 256],
      [0, 256],
    ];
    for (const [index, value] of corners.flat().entries()) {
      expect(value).toBeCloseTo(expected.flat()[index]!);
    }
  });
});

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

test('outlines are closed paths, and their label goes below the lowest', () => {
  const outlines = [
    [0, 0, 10, 0, 10, 10],
    [20, 5, 30, 5, 30, 40],
  ];
  expect(outlinesPath(outlines)).toBe('M0 0 10 0 10 10ZM20 5 30 5 30 40Z');
  expect(bottomOf(outlines)).toEqual({ x: 15, y: 40 });
  expect(bottomOf([])).toBeNull();
});

describe.each(Object.keys(LIMITS) as LimitName[])('the scale of %s', (limit) => {
  const { min, max, default: usual, unit } = LIMITS[limit];

  test('holds the default where a value reads as it', () => {
    const scale = scaleOf(limit);
    // A limit that is at its end by default is at the slider's end: no byte may be missing, say.
    if (usual > min) expect(positionOf(usual, scale)).toBeGreaterThan(0);
    else expect(positionOf(usual, scale)).toBeGreaterThanOrEqual(0);
    // A limit that no picture can break by default is at the other end.
    if (usual < max) expect(positionOf(usual, scale)).toBeLessThan(1);
    else expect(positionOf(usual, scale)).toBe(1);
    for (const { value } of Object.values(PAGE_WORDS))
      expect(value(usual, unit)).not.toMatch(/NaN|undefined/);
  });

  test('every step of its slider is a limit that the policy takes, in order, and finds back', () => {
    const scale = scaleOf(limit);
    let before = Number.NEGATIVE_INFINITY;
    for (let index = 0; index <= stepsOf(scale); index++) {
      const value = limitAt(index, limit);
      expect(value).toBeGreaterThanOrEqual(Math.max(min, before));
      expect(value).toBeLessThanOrEqual(max);
      if (value > min) expect(indexOf(value, scale)).toBe(index);
      before = value;
    }
  });
});

/** Where things are drawn on the page: the crop on its canvas, outlines, scales. */
import { describe, expect, test } from 'vitest';
import { cropCorners } from '../../src/annotate/geometry.ts';
import { LIMITS, type LimitName } from '../../src/core/checks/limits.ts';
import { cropTransform, outlinesPath } from '../../web/src/stage/geometry.ts';
import { indexOf, limitAt, positionOf, scaleOf, stepsOf } from '../../web/src/verdict/scale.ts';
import { PAGE_WORDS } from '../../web/src/words/catalogue.ts';

test('the crop fills its canvas, upright', () => {
  const crop = { center: { x: 300, y: 200 }, size: 100, angle: 30 };
  const [a, b, c, d, e, f] = cropTransform(crop, 256);
  const corners = cropCorners(crop).map(({ x, y }) => [a * x + c * y + e, b * x + d * y + f]);
  const expected = [0, 0, 256, 0, 256, 256, 0, 256];
  for (const [index, value] of corners.flat().entries()) expect(value).toBeCloseTo(expected[index]!);
});

test('outlines are closed paths', () => {
  const outlines = [
    [0, 0, 10, 0, 10, 10],
    [20, 5, 30, 5, 30, 40],
  ];
  expect(outlinesPath(outlines)).toBe('M0 0 10 0 10 10ZM20 5 30 5 30 40Z');
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

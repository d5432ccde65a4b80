import { expect, test } from 'vitest';
import type { Orientation } from '../../src/core/inspection.ts';
import { boundsOf, clipTo, overlapOf, placeInside, toStored } from '../../src/repair/geometry.ts';
import { draw, type Raw, store } from '../core/image/pictures.ts';

test.each([0, 90, -90, 180])('a square turned by %d degrees has its own bounds', (angle) => {
  const { x, y, width, height } = boundsOf({ center: { x: 100, y: 50 }, size: 40, angle });
  expect([x, y, width, height].map((value) => Number(value.toFixed(6)))).toEqual([80, 30, 40, 40]);
});

test('a square on its corner is larger by the root of two', () => {
  expect(boundsOf({ center: { x: 0, y: 0 }, size: 10, angle: 45 }).width).toBeCloseTo(14.142, 3);
});

test('clipping keeps what is inside', () => {
  expect(clipTo({ width: 10, height: 10 }, { x: -5, y: 8, width: 10, height: 10 })).toEqual({
    x: 0,
    y: 8,
    width: 5,
    height: 2,
  });
  expect(clipTo({ width: 10, height: 10 }, { x: 20, y: 0, width: 5, height: 5 }).width).toBe(0);
});

test.each([
  [
    { x: 50, y: 50 },
    { x: 40, y: 45 },
  ],
  [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ],
  [
    { x: 99, y: 99 },
    { x: 80, y: 90 },
  ],
])('a box is placed at %o as far as the picture allows', (center, at) => {
  const placed = placeInside({ width: 100, height: 100 }, { width: 20, height: 10 }, center);
  expect(placed).toEqual({ ...at, width: 20, height: 10 });
});

test('the overlap of boxes', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  expect(overlapOf(box, box)).toBe(1);
  expect(overlapOf(box, { ...box, x: 5 })).toBeCloseTo(1 / 3);
  expect(overlapOf(box, { ...box, x: 10 })).toBe(0);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'orientation %d: a part lies where its pixels are stored',
  (orientation) => {
    const upright = draw(24, 16);
    const stored = store(upright, orientation as Orientation);
    const part = { x: 3, y: 5, width: 7, height: 4 };
    const found = toStored(part, orientation, stored);
    const pixels = cut(stored, found);
    expect(pixels.data).toEqual(store(cut(upright, part), orientation).data);
  },
);

function cut(
  { data, width, channels }: Raw,
  box: { x: number; y: number; width: number; height: number },
): Raw {
  const rows = Array.from({ length: box.height }, (_, row) => {
    const from = ((box.y + row) * width + box.x) * channels;
    return data.subarray(from, from + box.width * channels);
  });
  return { data: Buffer.concat(rows), width: box.width, height: box.height, channels };
}

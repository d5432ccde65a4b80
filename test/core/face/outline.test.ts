import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OutlineBounds, outlinesOf } from '../../../src/core/face/outline.ts';
import { depthInside, hullOf } from '../../../src/core/face/polygon.ts';

const BOUNDS: OutlineBounds = { maxOutlines: 8, maxCorners: 48, leastArea: 0.5 };

/** A grid from rows of text: `#` is high. */
function gridOf(...rows: readonly string[]): number[] {
  return rows.flatMap((row) => Array.from(row, (cell) => (cell === '#' ? 1 : 0)));
}

/** Whether a point is within an odd number of outlines. */
function isWithin(outlines: readonly (readonly number[])[], x: number, y: number): boolean {
  return outlines.filter((outline) => depthInside(outline, x, y) > 0).length % 2 === 1;
}

describe('outlines', () => {
  test('of one place go around it, up to the edge of the grid', () => {
    const [outline, ...rest] = outlinesOf(gridOf('##..', '##..', '....', '....'), 4, 0.5, BOUNDS);
    expect(rest).toEqual([]);
    expect(isWithin([outline!], 0.5, 0.5)).toBe(true);
    expect(isWithin([outline!], 2, 2)).toBe(false);
    expect(Math.min(...outline!)).toBeGreaterThan(-1);
    expect(Math.max(...outline!)).toBeLessThan(2);
  });

  test('leave a hole out', () => {
    const ring = outlinesOf(gridOf('#####', '#...#', '#...#', '#...#', '#####'), 5, 0.5, BOUNDS);
    expect(ring).toHaveLength(2);
    expect(isWithin(ring, 2, 2)).toBe(false);
    expect(isWithin(ring, 0, 2)).toBe(true);
  });

  test('lie between two cells where the level does', () => {
    const grid = Array.from({ length: 25 }, (_, cell) => (cell % 5) / 4);
    const [outline] = outlinesOf(grid, 5, 0.6, BOUNDS);
    expect(Math.min(...outline!.filter((_, i) => i % 2 === 0))).toBeCloseTo(2.4);
  });

  test('of nothing are none', () => {
    expect(outlinesOf(new Float32Array(16), 4, 0.5, BOUNDS)).toEqual([]);
  });

  test('have the cells that are high inside, where none is left out', () => {
    const cells = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 });
    const all = { maxOutlines: 100, maxCorners: 1000, leastArea: 0 };
    fc.assert(
      fc.property(cells, (high) => {
        const outlines = outlinesOf(high.map(Number), 8, 0.5, all);
        return high.every((isHigh, cell) => isWithin(outlines, cell % 8, Math.floor(cell / 8)) === isHigh);
      }),
    );
  });

  test('stay within their bounds, whatever the grid', () => {
    const grid = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 576, maxLength: 576 });
    fc.assert(
      fc.property(grid, (numbers) => {
        const outlines = outlinesOf(numbers, 24, 0.5, BOUNDS);
        return (
          outlines.length <= BOUNDS.maxOutlines &&
          outlines.every(({ length }) => length >= 6 && length <= 2 * BOUNDS.maxCorners)
        );
      }),
    );
  });
});

test('the depth inside a polygon is the way to its nearest side', () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10];
  expect(depthInside(square, 5, 5)).toBe(5);
  expect(depthInside(square, 9, 5)).toBe(1);
  expect(depthInside(square, 13, 14)).toBe(-5);
});

test('a hull has the outermost points only', () => {
  expect(hullOf([0, 0, 4, 4, 1, 2, 4, 0, 2, 2, 0, 4])).toEqual([0, 0, 4, 0, 4, 4, 0, 4]);
});

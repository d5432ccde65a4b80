import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateYaw } from '../../../src/core/models/yaw.ts';

describe('the turn of the head', () => {
  test('is that of the mesh where nothing speaks for a profile, to either side', () => {
    expect(estimateYaw({ meshYaw: 20, networkYaw: 80, profile: 0 })).toBe(20);
    expect(estimateYaw({ meshYaw: -20, networkYaw: 0, profile: 0 })).toBe(20);
    expect(estimateYaw({ meshYaw: 40, networkYaw: 0, profile: 0 })).toBe(42);
  });

  test('is that of the network in profile, and never little', () => {
    expect(estimateYaw({ meshYaw: 10, networkYaw: 80, profile: 1 })).toBe(80);
    expect(estimateYaw({ meshYaw: 10, networkYaw: 20, profile: 1 })).toBe(66);
  });

  test('stays within 0 and 90 degrees, and grows with the chance of a profile', () => {
    const degrees = fc.double({ min: -180, max: 180, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(degrees, degrees, share, share, (meshYaw, networkYaw, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const at = (profile: number) => estimateYaw({ meshYaw, networkYaw, profile });
        expect(at(less)).toBeGreaterThanOrEqual(0);
        expect(at(more)).toBeLessThanOrEqual(90);
        expect(at(more)).toBeGreaterThanOrEqual(at(less) - 1e-9);
      }),
    );
  });
});

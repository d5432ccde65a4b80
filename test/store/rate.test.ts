import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalRateLimiter } from '../../src/store/rate.ts';

function setUp(mostBuckets = 100) {
  const clock = { now: 1_000 };
  return { clock, limiter: new LocalRateLimiter({ mostBuckets, now: () => clock.now }) };
}

describe('the rate limiter', () => {
  it('lets a burst of a second through, then one for each refilled token', () => {
    const { clock, limiter } = setUp();
    const takes = Array.from({ length: 6 }, () => limiter.take('a', 5));
    expect(takes).toEqual([0, 0, 0, 0, 0, 200]);
    clock.now += 199;
    expect(limiter.take('a', 5)).toBe(1);
    clock.now += 1;
    expect(limiter.take('a', 5)).toBe(0);
    expect(limiter.take('a', 5)).toBe(200);
  });

  it('keeps the keys apart', () => {
    const { limiter } = setUp();
    expect(limiter.take('a', 1)).toBe(0);
    expect(limiter.take('a', 1)).toBe(1_000);
    expect(limiter.take('b', 1)).toBe(0);
  });

  it('serves rates below one a second', () => {
    const { clock, limiter } = setUp();
    expect(limiter.take('a', 0.5)).toBe(0);
    expect(limiter.take('a', 0.5)).toBe(2_000);
    clock.now += 2_000;
    expect(limiter.take('a', 0.5)).toBe(0);
  });

  it('never lets more through than burst and refill, and just that to whoever keeps asking', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 40 })),
        (qps, steps) => {
          const { clock, limiter } = setUp();
          const start = clock.now;
          let admitted = 0;
          for (const step of [0, ...steps]) {
            clock.now += step;
            while (limiter.take('a', qps) === 0) admitted++;
            const most = qps + ((clock.now - start) * qps) / 1_000;
            expect(admitted).toBeLessThanOrEqual(most + 1e-6);
            expect(admitted).toBeGreaterThan(most - 1 - 1e-6);
          }
        },
      ),
    );
  });

  it('tells the wait after which one is let through', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), fc.nat(2_000), (qps, step) => {
        const { clock, limiter } = setUp();
        const drain = (): number => limiter.take('a', qps) || drain();
        drain();
        clock.now += step / qps;
        clock.now += drain();
        expect(limiter.take('a', qps)).toBe(0);
      }),
    );
  });

  it('forgets the least recently used key when it is full', () => {
    const { limiter } = setUp(2);
    limiter.take('a', 1);
    limiter.take('b', 1);
    limiter.take('a', 1);
    limiter.take('c', 1);
    expect(limiter.take('a', 1)).toBeGreaterThan(0);
    expect(limiter.take('b', 1)).toBe(0);
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalRateLimiter, windowOf } from '../../src/store/rate.ts';

// The library counts by the system's clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** The answers to so many requests at once. */
const ask = (limiter: LocalRateLimiter, times: number, qps: number, id = 'a') =>
  Promise.all(Array.from({ length: times }, () => limiter.take(id, qps)));

/** How many of so many requests are let through. */
const admitted = async (limiter: LocalRateLimiter, times: number, qps: number) =>
  (await ask(limiter, times, qps)).filter((wait) => wait === 0).length;

describe('the window of a rate', () => {
  it.each([
    [0.5, 1, 2_000],
    [1, 1, 1_000],
    [2.5, 2, 800],
    [5, 5, 1_000],
    [6, 5, 834],
    [20, 5, 250],
    [27, 6, 223],
    [500, 125, 250],
    [100_000, 25_000, 250],
    // One in a year: as slow as timers go.
    [1 / 31_536_000, 1, 2_147_483_647],
  ])('%d a second is %i in %i ms', (qps, points, ms) => {
    expect(windowOf(qps)).toEqual({ points, ms });
  });

  it('is never more than the rate, and by half a percent less at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100_000, noNaN: true }), (qps) => {
        const { points, ms } = windowOf(qps);
        const share = (points * 1_000) / ms / qps;
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
        expect(share).toBeGreaterThan(0.995);
        if (points > 1) expect(ms).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  it('lets no more than a twentieth on top through over any 10 s, or five requests for slow keys', () => {
    for (let qps = 1; qps <= 2_000; qps++) {
      const { points, ms } = windowOf(qps);
      // All of one window at its very end, then all of each at its begin.
      const most = (1 + Math.ceil(10_000 / ms)) * points;
      expect(most - qps * 10).toBeLessThanOrEqual(Math.max(5, qps / 2));
    }
  });
});

describe('the rate limiter', () => {
  it('lets the requests of a window through, and then none until it ends', async () => {
    const limiter = new LocalRateLimiter();
    expect(await ask(limiter, 6, 5)).toEqual([0, 0, 0, 0, 0, 1_000]);
    vi.advanceTimersByTime(999);
    expect(await limiter.take('a', 5)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await ask(limiter, 6, 5)).toEqual([0, 0, 0, 0, 0, 1_000]);
  });

  it('keeps the keys apart', async () => {
    const limiter = new LocalRateLimiter();
    expect(await ask(limiter, 2, 1)).toEqual([0, 1_000]);
    expect(await ask(limiter, 2, 1, 'b')).toEqual([0, 1_000]);
  });

  it('serves rates below one a second, however slow', async () => {
    const limiter = new LocalRateLimiter();
    expect(await ask(limiter, 2, 0.5)).toEqual([0, 2_000]);
    vi.advanceTimersByTime(2_000);
    expect(await limiter.take('a', 0.5)).toBe(0);
    expect(await limiter.take('b', 1e-9)).toBe(0);
    vi.advanceTimersByTime(86_400_000);
    expect(await limiter.take('b', 1e-9)).toBeGreaterThan(0);
  });

  it.each([0.5, 5, 500])('refused requests of a key with %d a second take nothing', async (qps) => {
    const limiter = new LocalRateLimiter();
    const { points, ms } = windowOf(qps);
    await ask(limiter, points, qps);
    for (let step = 0; step < 100; step++) {
      expect(await limiter.take('a', qps)).toBeGreaterThan(0);
      vi.advanceTimersByTime(ms / 100);
    }
    expect(await admitted(limiter, points + 1, qps)).toBe(points);
  });

  it('never refuses a client that keeps to 5 in any second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), async (pauses) => {
        const limiter = new LocalRateLimiter();
        const sent: number[] = [];
        for (const pause of pauses) {
          vi.advanceTimersByTime(pause);
          const fifthLast = sent.at(-5) ?? Number.NEGATIVE_INFINITY;
          vi.advanceTimersByTime(Math.max(0, fifthLast + 1_000 - Date.now()));
          expect(await limiter.take('a', 5)).toBe(0);
          sent.push(Date.now());
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each([10, 50, 500])(
    'lets %i a second through over any 10 s, to 5 percent, at the worst',
    async (qps) => {
      const limiter = new LocalRateLimiter();
      const { points, ms } = windowOf(qps);
      // One begins a window, the others come at its very end: two windows' worth in a moment.
      await limiter.take('a', qps);
      vi.advanceTimersByTime(ms - 1);
      let count = await admitted(limiter, points, qps);
      expect(count).toBe(points - 1);
      for (let passed = 0; passed < 10_000; passed++) {
        vi.advanceTimersByTime(1);
        if (passed % ms === 0) count += await admitted(limiter, points + 1, qps);
      }
      expect(count).toBeLessThanOrEqual(qps * 10 * 1.05);
      expect(count).toBeGreaterThanOrEqual(qps * 10 * 0.99);
    },
  );

  it('forgets the least recently used key when it is full', async () => {
    const limiter = new LocalRateLimiter(2);
    for (const id of ['a', 'b', 'a', 'c']) await limiter.take(id, 1);
    expect(await limiter.take('a', 1)).toBeGreaterThan(0);
    expect(await limiter.take('b', 1)).toBe(0);
  });

  it('gives a key whose rate was changed its new rate', async () => {
    const limiter = new LocalRateLimiter();
    expect(await ask(limiter, 2, 1)).toEqual([0, 1_000]);
    expect(await admitted(limiter, 10, 5)).toBe(5);
  });
});

/**
 * The rate of a key: so many requests in each window, counted by rate-limiter-flexible. A window begins with the
 * first request after the one before has ended.
 */
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Most keys that are counted at a time; the least recently used go first, and begin a window when they return. */
export const MOST_COUNTED = 100_000;
/** Most different rates that are known at a time. */
export const MOST_RATES = 1_000;

/**
 * How long a window is, in ms. Whoever times requests to the edges of windows gets less than two windows' worth on top
 * of the rate, however long one counts: with this, a twentieth over any 10 s.
 */
const WINDOW_MS = 250;
/**
 * A window has room for so many requests, and is longer for it when need be, unless that were more than a second's worth: who
 * keeps to the usual 5 a second is never refused, be it 5 at once.
 */
export const LEAST_POINTS = 5;
/** The longest window, in ms: timers reach no further. */
const LONGEST_WINDOW_MS = 2 ** 31 - 1;
const MS_PER_SECOND = 1_000;

/** Holds keys to their rates. */
export interface RateLimiter {
  /**
   * Takes one request's place. A refused request takes none, so that asking again too soon costs nothing.
   *
   * @param id  whose
   * @param qps requests per second, more than 0
   * @returns 0 when the request may go on, else the ms until one may; never rejects
   */
  take(id: string, qps: number): number | Promise<number>;
}

/** What a rate is in whole requests. */
export interface RateWindow {
  /** How many requests; 1 or more. */
  readonly points: number;
  /** In how many ms; a whole number, so that the rate is never more and by half a percent less at most. */
  readonly ms: number;
}

/** The window of a rate in requests per second, more than 0. */
export function windowOf(qps: number): RateWindow {
  const share = Math.max(LEAST_POINTS, (qps * WINDOW_MS) / MS_PER_SECOND);
  const points = Math.max(1, Math.floor(Math.min(qps, share)));
  return { points, ms: Math.min(LONGEST_WINDOW_MS, Math.ceil((points * MS_PER_SECOND) / qps)) };
}

/** What the library rejects with when it refuses a request; throws on whatever else it is. */
export function asRefusal(error: unknown): RateLimiterRes {
  if (error instanceof RateLimiterRes) return error;
  throw error;
}

/** The ms until one who was refused may try again, 1 or more. */
export function waitOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext));
}

/** Bounds a cache by a count of entries. By `max` it would take the room for all of them at once, which every start would wait for. */
export function upTo(entries: number) {
  return { maxSize: entries, sizeCalculation: () => 1 };
}

/** Counts in the memory of this process. */
export class LocalRateLimiter implements RateLimiter {
  readonly #limiters = new LRUCache<number, RateLimiterMemory>({
    max: MOST_RATES,
    memoMethod: (qps) => memoryLimiter(windowOf(qps)),
  });
  /** Which limiter has a key; the library itself forgets keys only as their windows end. */
  readonly #keys: LRUCache<string, RateLimiterMemory>;

  /** @param mostKeys 1 or more */
  constructor(mostKeys = MOST_COUNTED) {
    this.#keys = new LRUCache({ ...upTo(mostKeys), dispose: (limiter, id) => void limiter.delete(id) });
  }

  /** See `RateLimiter.take`. */
  async take(id: string, qps: number): Promise<number> {
    const limiter = this.#limiters.memo(qps);
    if (this.#keys.get(id) !== limiter) this.#keys.set(id, limiter);
    try {
      await limiter.consume(id);
      return 0;
    } catch (error) {
      return waitOf(asRefusal(error));
    }
  }
}

/** The library's limiter of one window, in memory. */
export function memoryLimiter({ points, ms }: RateWindow): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: ms / MS_PER_SECOND, keyPrefix: '' });
}

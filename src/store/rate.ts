/**
 * The rate of a key, for one process: a token bucket that holds one second's worth and refills evenly, so that 5 a second means
 * a burst of 5 at once and then one every 200 ms. Own code, since libraries at hand count in fixed windows,
 * which let twice the rate through around a window's edge.
 */
import { RecentMap } from './recent-map.ts';

/** Most keys whose buckets are kept; the least recently used go first, and come back full. */
export const MOST_BUCKETS = 100_000;

const MS_PER_SECOND = 1_000;
/** A token that lacks no more than this is whole: sums of fractions fall short by some 1e-12. */
const ROUNDING = 1e-9;

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in ms of the clock. */
  at: number;
}

/** Holds keys to their rates. */
export interface RateLimiter {
  /**
   * Takes one request's token. A refused request takes none, so that asking again too soon costs nothing.
   *
   * @param id  whose bucket
   * @param qps tokens per second, and how many there can be (at least one), more than 0
   * @returns 0 when the request may go on, else the ms until one may; never rejects
   */
  take(id: string, qps: number): number | Promise<number>;
}

/** The numbers of a limiter, all with defaults. */
export interface LocalRateLimiterOptions {
  readonly mostBuckets?: number;
  /** A clock that never goes back, in ms. */
  readonly now?: () => number;
}

/** One bucket a key, in the memory of this process. */
export class LocalRateLimiter implements RateLimiter {
  readonly #buckets: RecentMap<Bucket>;
  readonly #now: () => number;

  constructor(options: LocalRateLimiterOptions = {}) {
    this.#buckets = new RecentMap(options.mostBuckets ?? MOST_BUCKETS);
    this.#now = options.now ?? (() => performance.now());
  }

  /** See `RateLimiter.take`; answers at once. */
  take(id: string, qps: number): number {
    const now = this.#now();
    const size = Math.max(1, qps);
    const bucket = this.#buckets.use(id, () => ({ tokens: size, at: now }));
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) * qps) / MS_PER_SECOND);
    bucket.at = now;
    const missing = 1 - ROUNDING - bucket.tokens;
    if (missing > 0) return Math.ceil((missing * MS_PER_SECOND) / qps);
    bucket.tokens -= 1;
    return 0;
  }
}

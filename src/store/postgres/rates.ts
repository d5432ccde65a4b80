/**
 * Rates that hold over all replicas: windows are counted in the database (`rate-windows.ts`), and each replica counts
 * a few requests ahead there, its allowance, which it hands out without asking.
 *
 * Requests are counted before they are let through, so all replicas together let no more through than a window has.
 * What is left of an allowance ends with its window, so nothing is ever given back.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import {
  asRefusal,
  LEAST_POINTS,
  MOST_COUNTED,
  MOST_RATES,
  type RateLimiter,
  upTo,
  waitOf,
  windowOf,
} from '../rate.ts';
import type { Database } from './database.ts';
import { Clearing, RateTable, SharedWindows } from './rate-windows.ts';

/**
 * What a replica counts ahead at most, as a part of what the window has left beyond its last few requests. Those are for
 * whoever asks, and slow keys' windows have no more. A larger part costs fewer round trips, but what one replica holds
 * when the window is used up, others refuse.
 */
const AHEAD = 1 / 4;
/** More is counted ahead when less than this part of an allowance is left: before it is used up, behind its back. */
const LOW = 1 / 4;

/** What a key has on this replica. */
interface Allowance {
  readonly id: string;
  limiter: SharedWindows;
  /** Requests that are counted but not let through yet. */
  tokens: number;
  /** When the window of the tokens ends, by `performance.now()`. */
  until: number;
  /** What was left of the window when it was last asked. */
  room: number;
  /** Requests let through in this window, and in the one before. */
  used: number;
  usedBefore: number;
  /** Requests that wait for an answer. */
  waiting: number;
  asking: Promise<number> | undefined;
}

/** The allowances of one process. While the database is away, each process holds keys to their full rate by itself. */
export class SharedRateLimiter implements RateLimiter {
  readonly #limiters: LRUCache<number, SharedWindows>;
  readonly #allowances: LRUCache<string, Allowance, SharedWindows>;
  readonly #clearing: Clearing;

  /** @param database has the tables of this release */
  constructor(database: Pick<Database, 'query'>) {
    const table = new RateTable(database);
    this.#clearing = new Clearing(table);
    this.#limiters = new LRUCache({
      max: MOST_RATES,
      memoMethod: (qps) => new SharedWindows(table, windowOf(qps)),
    });
    this.#allowances = new LRUCache({
      ...upTo(MOST_COUNTED),
      memoMethod: (id, _, { context }) => newAllowance(id, context),
    });
  }

  /** See `RateLimiter.take`; answers at once out of the allowance, else when the database has. */
  take(id: string, qps: number): number | Promise<number> {
    const limiter = this.#limiters.memo(qps);
    const allowance = this.#allowances.memo(id, { context: limiter });
    allowance.limiter = limiter;
    if (allowance.tokens === 0 || performance.now() >= allowance.until) return this.#wait(allowance);
    use(allowance);
    const ahead = aheadOf(allowance);
    if (ahead > 0 && allowance.tokens < ahead * LOW) void this.#ask(allowance);
    return 0;
  }

  async #wait(allowance: Allowance): Promise<number> {
    allowance.waiting++;
    try {
      for (;;) {
        const wait = await this.#ask(allowance);
        // Whatever the clock says by now: these were counted for those who wait.
        if (allowance.tokens > 0) {
          use(allowance);
          return 0;
        }
        if (wait > 0) return wait;
      }
    } finally {
      allowance.waiting--;
    }
  }

  #ask(allowance: Allowance): Promise<number> {
    allowance.asking ??= this.#consume(allowance).finally(() => {
      allowance.asking = undefined;
    });
    return allowance.asking;
  }

  /**
   * Has requests counted: those that wait, and some ahead.
   *
   * @returns 0, or the ms until there is more
   */
  async #consume(allowance: Allowance): Promise<number> {
    // The rest of this turn's requests may join.
    await endOfTurn();
    const { id, limiter } = allowance;
    const usedUpMs = usedUpFor(allowance);
    if (usedUpMs > 0) return usedUpMs;
    const wanted = allowance.waiting + aheadOf(allowance);
    if (wanted === 0) return 0;
    void this.#clearing.ifDue();
    try {
      put(allowance, wanted, await limiter.consume(id, wanted));
      return 0;
    } catch (error) {
      const refusal = asRefusal(error);
      put(allowance, grantedOf(refusal, wanted, limiter), refusal);
      return waitOf(refusal);
    }
  }
}

function newAllowance(id: string, limiter: SharedWindows): Allowance {
  return {
    id,
    limiter,
    tokens: 0,
    until: Number.NEGATIVE_INFINITY,
    room: 0,
    used: 0,
    usedBefore: 0,
    waiting: 0,
    asking: undefined,
  };
}

function use(allowance: Allowance): void {
  allowance.tokens--;
  allowance.used++;
}

function put(allowance: Allowance, granted: number, answer: RateLimiterRes): void {
  const now = performance.now();
  if (now >= allowance.until) {
    allowance.usedBefore = isIdle(allowance) ? 0 : allowance.used;
    allowance.used = 0;
    allowance.tokens = 0;
  }
  allowance.tokens += granted;
  allowance.until = now + answer.msBeforeNext;
  allowance.room = answer.remainingPoints;
}

/**
 * For how many ms a window stays used up, which takes no round trip to know; 0 when it is not. Not by the library's own memory of
 * it, which goes by the time of day: a clock that is set back by an hour would have keys refused for an hour.
 */
function usedUpFor({ room, until }: Allowance): number {
  return room === 0 ? Math.max(0, Math.ceil(until - performance.now())) : 0;
}

/** How many requests to count ahead: as many as are to be expected until the window ends, since what is left is lost. */
function aheadOf(allowance: Allowance): number {
  if (isIdle(allowance)) return 0;
  const { used, usedBefore, until, limiter } = allowance;
  const leftMs = until - performance.now();
  const [left, room] = leftMs > 0 ? [leftMs / limiter.msDuration, allowance.room] : [1, limiter.points];
  const expected = Math.max(used, usedBefore) * left;
  return Math.max(0, Math.floor(Math.min(expected, (room - LEAST_POINTS) * AHEAD)));
}

/** Whether a whole window went by without it. */
function isIdle({ until, limiter }: Allowance): boolean {
  return performance.now() - until > limiter.msDuration;
}

/** How many of the requests that were refused together had room: the window counts all of them. */
function grantedOf({ consumedPoints }: RateLimiterRes, wanted: number, { points }: SharedWindows): number {
  return Math.max(0, wanted - (consumedPoints - points));
}

import { LRUCache } from 'lru-cache';

/** How long a lost worker is held against whoever sent its picture, in milliseconds. */
const PENALTY_MS = 60_000;
/** Keys that are remembered. */
const MOST = 10_000;

/** How many workers the pictures of each key have ended lately. */
export class Penalties {
  /** When, by key, as `performance.now` has it. */
  readonly #times = new LRUCache<string, readonly number[]>({ max: MOST, ttl: PENALTY_MS });

  /** Notes that a picture of this key ended a worker. */
  add(key: string): void {
    this.#times.set(key, [...this.#recent(key), performance.now()]);
  }

  /** How many workers they ended in the last minute. */
  count(key: string): number {
    return this.#times.has(key) ? this.#recent(key).length : 0;
  }

  #recent(key: string): readonly number[] {
    const since = performance.now() - PENALTY_MS;
    return (this.#times.get(key) ?? []).filter((time) => time > since);
  }
}

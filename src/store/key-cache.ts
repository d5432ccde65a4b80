/** Who a request comes from, without asking the database each time. */
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import { isOver } from './expiry.ts';
import { digestOf, isWellFormed } from './secret.ts';
import type { ApiKey, Store } from './store.ts';

/** How long an answer of the store is believed, in ms: a revoked key is refused within a second. */
export const KEY_LIFE_MS = 500;
/** Most keys that are remembered at a time; the least recently read go first. */
export const MOST_KEYS = 10_000;
/** Most unknown keys that are remembered at a time, apart, so that a flood of them drives no good key out. */
const MOST_UNKNOWN = 1_000;

/** The numbers of a cache, all with defaults. */
export interface KeyCacheOptions {
  readonly lifeMs?: number;
  readonly mostKeys?: number;
  readonly mostUnknown?: number;
  /** How long a good key goes on being believed while the store cannot be asked, in ms; not at all by default. */
  readonly graceMs?: number;
  /** How long an answer is kept while the store is sure to report changes, in ms; see `told`. */
  readonly toldLifeMs?: number;
  /** Whether `forget` is sure to have been called for what changed until shortly before; never by default. */
  readonly told?: () => boolean;
  /** A clock that never goes back, in ms. */
  readonly now?: () => number;
  /** The time of day, in ms since 1970: keys end by it. */
  readonly date?: () => number;
}

/**
 * Questions that may be under way for keys of which nothing is known: whoever sends made-up keys fills no more of the queue in
 * front of the database than that.
 */
const MOST_STRANGERS = 64;

interface Remembered<T> {
  readonly value: T;
  /** When the store has to be asked again, in ms of the clock. */
  readonly until: number;
  /** The same as long as the store tells of changes; not before `until`. */
  readonly untilTold: number;
}

/**
 * Looks keys up and remembers the answer for half a second. Concurrent look-ups of one key are one question to
 * the store. Only digests are kept in memory, never a plain key.
 */
export class KeyCache {
  readonly #store: Pick<Store, 'keyByDigest'>;
  readonly #lifeMs: number;
  readonly #graceMs: number;
  readonly #toldLifeMs: number;
  readonly #told: () => boolean;
  readonly #now: () => number;
  readonly #date: () => number;
  readonly #known: Bounded<ApiKey>;
  readonly #unknown: Bounded<true>;
  readonly #asked = new Map<string, Promise<ApiKey | undefined>>();
  #strangers = 0;

  constructor(store: Pick<Store, 'keyByDigest'>, options: KeyCacheOptions = {}) {
    this.#store = store;
    this.#lifeMs = options.lifeMs ?? KEY_LIFE_MS;
    this.#graceMs = options.graceMs ?? 0;
    this.#toldLifeMs = Math.max(this.#lifeMs, options.toldLifeMs ?? 0);
    this.#told = options.told ?? (() => false);
    this.#now = options.now ?? (() => performance.now());
    this.#date = options.date ?? Date.now;
    this.#known = new Bounded(options.mostKeys ?? MOST_KEYS, this.#graceMs);
    this.#unknown = new Bounded(options.mostUnknown ?? MOST_UNKNOWN, 0);
  }

  /**
   * The good key of a plain key.
   *
   * @returns undefined when it is malformed, unknown or revoked
   * @throws DetectError `key.expired` when it is over, to the millisecond, however long ago the store was asked;
   *   `store.unavailable`; `overload.queue` for a key of which nothing is known while too many of those
   *   are asked for
   */
  async find(secret: string): Promise<ApiKey | undefined> {
    const key = await this.#find(secret);
    if (key === undefined || !isOver(key, this.#date())) return key;
    throw new DetectError('key.expired', fill(REQUEST_DETAILS.keyExpired, { at: String(key.expiresAt) }));
  }

  async #find(secret: string): Promise<ApiKey | undefined> {
    if (!isWellFormed(secret)) return undefined;
    const digest = digestOf(secret);
    const at = placeOf(digest);
    const now = this.#now();
    const known = this.#known.get(at, now);
    if (known !== undefined && (known.until > now || (known.untilTold > now && this.#told())))
      return known.value;
    if (this.#unknown.get(at, now) !== undefined) return undefined;
    const underWay = this.#asked.get(at);
    if (underWay === undefined && known === undefined) return await this.#meet(at, digest);
    const asked = underWay ?? this.#ask(at, digest);
    try {
      return await asked;
    } catch (error) {
      // Read again: it may have been forgotten meanwhile.
      const kept = this.#known.get(at, this.#now());
      if (kept === undefined) throw error;
      return kept.value;
    }
  }

  /**
   * Drops what is remembered of a key: it was made or changed.
   *
   * @param digest of the plain key; undefined when any key may have changed, which has all of them asked for anew,
   *   but still believed while the store cannot be asked
   */
  forget(digest: Uint8Array | undefined): void {
    if (digest === undefined) {
      this.#known.age(this.#now());
      this.#unknown.clear();
      this.#asked.clear();
      return;
    }
    const at = placeOf(digest);
    this.#known.delete(at);
    this.#unknown.delete(at);
    this.#asked.delete(at);
  }

  /** How many answers are remembered, for the metrics. */
  get size(): number {
    return this.#known.size + this.#unknown.size;
  }

  async #meet(at: string, digest: Uint8Array): Promise<ApiKey | undefined> {
    if (this.#strangers >= MOST_STRANGERS) throw new DetectError('overload.queue');
    this.#strangers++;
    try {
      return await this.#ask(at, digest);
    } finally {
      this.#strangers--;
    }
  }

  #ask(at: string, digest: Uint8Array): Promise<ApiKey | undefined> {
    // From before the question: what is revoked while it is under way may be in the answer or not.
    const from = this.#now();
    const until = from + this.#lifeMs;
    const asked = this.#store
      .keyByDigest(digest)
      .then((key) => {
        const good = key !== undefined && key.revokedAt === null ? key : undefined;
        // An answer to a question from before a change is good for its own request only.
        if (this.#asked.get(at) !== asked) return good;
        if (good !== undefined) {
          this.#known.set(at, { value: good, until, untilTold: from + this.#toldLifeMs });
        } else {
          this.#known.delete(at);
          this.#unknown.set(at, { value: true, until, untilTold: until });
        }
        return good;
      })
      .finally(() => {
        if (this.#asked.get(at) === asked) this.#asked.delete(at);
      });
    this.#asked.set(at, asked);
    return asked;
  }
}

function placeOf(digest: Uint8Array): string {
  return Buffer.from(digest).toString('base64');
}

/** A map that forgets its oldest entry when it is full. */
class Bounded<T> {
  readonly #entries = new Map<string, Remembered<T>>();
  readonly #most: number;
  readonly #graceMs: number;

  /** @param graceMs how long an entry stays after its time */
  constructor(most: number, graceMs: number) {
    this.#most = most;
    this.#graceMs = graceMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(at: string, now: number): Remembered<T> | undefined {
    const found = this.#entries.get(at);
    if (found === undefined || found.untilTold + this.#graceMs > now) return found;
    this.#entries.delete(at);
    return undefined;
  }

  /** Ends the time of all entries, so that only their grace is left. */
  age(now: number): void {
    for (const [at, { value, until, untilTold }] of this.#entries) {
      this.#entries.set(at, { value, until: Math.min(until, now), untilTold: Math.min(untilTold, now) });
    }
  }

  delete(at: string): void {
    this.#entries.delete(at);
  }

  clear(): void {
    this.#entries.clear();
  }

  set(at: string, entry: Remembered<T>): void {
    this.#entries.delete(at);
    this.#entries.set(at, entry);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

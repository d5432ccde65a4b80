/** Who a request comes from, without asking the database each time. */
import { digestOf, isWellFormed } from './secret.ts';
import type { ApiKey, Store } from './store.ts';

/** How long an answer of the store is believed, in ms: a revoked key is refused within a second. */
export const KEY_LIFE_MS = 500;
/** Most keys that are remembered at a time; the least recently read go first. */
export const MOST_KEYS = 10_000;
/** Most unknown keys that are remembered at a time, apart, so that a flood of them drives no good key out. */
export const MOST_UNKNOWN = 1_000;

/** The numbers of a cache, all with defaults. */
export interface KeyCacheOptions {
  readonly lifeMs?: number;
  readonly mostKeys?: number;
  readonly mostUnknown?: number;
  /** A clock that never goes back, in ms. */
  readonly now?: () => number;
}

interface Remembered<T> {
  readonly value: T;
  readonly until: number;
}

/**
 * Looks keys up and remembers the answer for half a second. Concurrent look-ups of one key are one question to
 * the store. Only digests are kept in memory, never a plain key.
 */
export class KeyCache {
  readonly #store: Pick<Store, 'keyByDigest'>;
  readonly #lifeMs: number;
  readonly #now: () => number;
  readonly #known: Bounded<ApiKey>;
  readonly #unknown: Bounded<true>;
  readonly #asked = new Map<string, Promise<ApiKey | undefined>>();

  constructor(store: Pick<Store, 'keyByDigest'>, options: KeyCacheOptions = {}) {
    this.#store = store;
    this.#lifeMs = options.lifeMs ?? KEY_LIFE_MS;
    this.#now = options.now ?? (() => performance.now());
    this.#known = new Bounded(options.mostKeys ?? MOST_KEYS);
    this.#unknown = new Bounded(options.mostUnknown ?? MOST_UNKNOWN);
  }

  /**
   * The good key of a plain key.
   *
   * @returns undefined when it is malformed, unknown or revoked
   * @throws DetectError `store.unavailable`
   */
  async find(secret: string): Promise<ApiKey | undefined> {
    if (!isWellFormed(secret)) return undefined;
    const digest = digestOf(secret);
    const at = digest.toString('base64');
    const now = this.#now();
    const known = this.#known.get(at, now);
    if (known !== undefined) return known;
    if (this.#unknown.get(at, now)) return undefined;
    const asked = this.#asked.get(at) ?? this.#ask(at, digest);
    return await asked;
  }

  /** How many answers are remembered, for the metrics. */
  get size(): number {
    return this.#known.size + this.#unknown.size;
  }

  #ask(at: string, digest: Uint8Array): Promise<ApiKey | undefined> {
    // From before the question: what is revoked while it is under way may be in the answer or not.
    const until = this.#now() + this.#lifeMs;
    const asked = this.#store
      .keyByDigest(digest)
      .then((key) => {
        if (key === undefined || key.revokedAt !== null) {
          this.#unknown.set(at, { value: true, until });
          return undefined;
        }
        this.#known.set(at, { value: key, until });
        return key;
      })
      .finally(() => this.#asked.delete(at));
    this.#asked.set(at, asked);
    return asked;
  }
}

/** A map that forgets its oldest entry when it is full. */
class Bounded<T> {
  readonly #entries = new Map<string, Remembered<T>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(at: string, now: number): T | undefined {
    const found = this.#entries.get(at);
    if (found === undefined) return undefined;
    if (found.until > now) return found.value;
    this.#entries.delete(at);
    return undefined;
  }

  set(at: string, entry: Remembered<T>): void {
    this.#entries.delete(at);
    this.#entries.set(at, entry);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

/**
 * What every backend of the store offers: API keys, and the books of what was answered. The embedded SQLite
 * file (`sqlite/`) is one; any database with transactions can be another. Everything is async, so that one
 * behind a socket fits too.
 *
 * A store never sees a plain key, only its SHA-256 digest (`secret.ts` makes both).
 */

/** An API key as kept: everything but the key itself. */
export interface ApiKey {
  /** Never changes and is never given twice; 16 hex digits. */
  readonly id: string;
  /** Unique among the keys that are not revoked. */
  readonly name: string;
  /** The first characters of the plain key, to recognise it by. */
  readonly prefix: string;
  /** Requests per second, and as many in one burst; more than 0. */
  readonly qps: number;
  /** Images that may be answered with this key, ever; null is without limit. */
  readonly quota: number | null;
  /** The models it may use. */
  readonly models: readonly string[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it ends by itself, ISO 8601, UTC; null for never. From then on it is as good as revoked. */
  readonly expiresAt: string | null;
  /** ISO 8601, UTC; null while nobody revoked it. */
  readonly revokedAt: string | null;
}

/** What is needed to make a key. */
export interface NewKey extends Pick<ApiKey, 'name' | 'prefix' | 'qps' | 'quota' | 'models' | 'expiresAt'> {
  /** SHA-256 of the plain key, 32 bytes. */
  readonly digest: Uint8Array;
}

/** What a picture was answered with. Only answers with status 200 are counted. */
export type Verdict = 'pass' | 'fail';

/** One line of the books. */
export interface UsageRow {
  readonly keyId: string;
  readonly keyName: string;
  /** The UTC day of the answers, `YYYY-MM-DD`. */
  readonly day: string;
  readonly verdict: Verdict;
  /** Images answered; lines of nothing are left out. */
  readonly count: number;
}

/** Which lines of the books are wanted; all of them when left out. */
export interface UsageQuery {
  readonly keyId?: string;
  /** The first UTC day that is wanted, `YYYY-MM-DD`. */
  readonly since?: string;
}

/**
 * One image of a key's quota, set aside before the work begins, so that concurrent requests cannot overrun
 * the quota together. It ends in exactly one of `commit` and `release`; what comes after that is ignored,
 * except that a commit can be undone once.
 */
export interface Reservation {
  /**
   * Counts the image. Answer 200 only after this resolved: from then on the count outlives the process, `kill
   * -9` included. When it rejects, nothing was counted and the reservation is gone.
   *
   * @throws DetectError `store.unavailable` when it could not be written in time
   */
  commit(verdict: Verdict): Promise<void>;
  /** Gives the image back: the request ended in anything but a 200. */
  release(): void;
  /** Takes a commit back: the client hung up before the whole answer was handed to its socket. */
  undo(): Promise<void>;
}

/** Keys and books. All methods reject with DetectError `store.unavailable` when the database cannot be used. */
export interface Store {
  /**
   * Makes a key.
   *
   * @throws DetectError `key.input` when a key of that name exists that is not revoked, or the digest is known already
   */
  createKey(key: NewKey): Promise<ApiKey>;

  /**
   * Makes a key if there never was one, revoked ones included; of several processes that try at once, one wins.
   *
   * @returns the key, or undefined when there is one already
   */
  createFirstKey(key: NewKey): Promise<ApiKey | undefined>;

  /**
   * Makes this the one good key of its name, and revokes the one that was. A digest that is known already
   * changes nothing: a revoked key never comes back.
   *
   * @returns the key of that digest, which may be a revoked one
   */
  putKey(key: NewKey): Promise<ApiKey>;

  /** All keys, revoked ones included, oldest first. */
  listKeys(): Promise<ApiKey[]>;

  /** The key of a SHA-256 digest, revoked or not. It is found by an index, whose time tells nothing of keys that are random. */
  keyByDigest(digest: Uint8Array): Promise<ApiKey | undefined>;

  /** The key of an id, revoked or not. */
  keyById(id: string): Promise<ApiKey | undefined>;

  /**
   * Revokes a key; one that was revoked already keeps its date.
   *
   * @returns the key, or undefined when there is none of that id
   */
  revokeKey(id: string): Promise<ApiKey | undefined>;

  /**
   * Sets one image of the key's quota aside.
   *
   * @returns undefined when what was answered and what is set aside reach the quota
   */
  reserve(key: Pick<ApiKey, 'id' | 'quota'>): Promise<Reservation | undefined>;

  /** The books: one line a key, day and verdict, by day, then key name, then verdict. */
  usage(query?: UsageQuery): Promise<UsageRow[]>;

  /** Writes what is under way, then lets go of the database. Calls after it reject. */
  close(): Promise<void>;
}

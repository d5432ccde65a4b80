/** Which store, and where. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { KeyCache } from './key-cache.ts';
import { SharedRateLimiter } from './postgres/rates.ts';
import { openPostgres } from './postgres/store.ts';
import { LocalRateLimiter, type RateLimiter } from './rate.ts';
import { openSqlite } from './sqlite/store.ts';
import type { Store } from './store.ts';

/** The data directory when nobody says otherwise: beside the clone that `npm start` runs in, and git-ignored. */
export const DEFAULT_DATA_DIR = './data';

/** The name of the embedded database in the data directory. */
export const DATABASE_FILE = 'liveportrait-detect.db';

/** How long keys are served while PostgreSQL is away when nobody says otherwise, in ms. */
export const DEFAULT_GRACE_MS = 300_000;
/** How long an answer of PostgreSQL on a key is believed while it is not sure to tell of a change, in ms. */
export const SHARED_KEY_LIFE_MS = 1_000;
/** The same while it is, in ms: longer saves little, and would be added to the time of grace. */
export const TOLD_KEY_LIFE_MS = 10_000;
/**
 * How long after a sign of life on the listening connection it is sure to tell, in ms: what was changed before the
 * sign was told before it. So a revoked key is refused within that time, whatever happens to the connection.
 */
const TELLING_MS = 1_500;
/** How long a service waits for PostgreSQL at its start, in ms: they are often started together. */
const PATIENCE_MS = 30_000;

/** Where the store is. */
export interface OpenOptions {
  /** The data directory; made, for the owner only, when missing. */
  readonly dataDir: string;
  /** `postgres://…`; the embedded store in the data directory when left out or empty. */
  readonly databaseUrl?: string | undefined;
  /** Refuse instead of making a new store: for commands that only make sense with one. */
  readonly mustExist?: boolean;
}

/** Whether the store can be reached; while it is away, what is known goes on being served. */
export type StoreState = (typeof STORE_STATES)[number];
/** All of them, from good to bad. */
export const STORE_STATES = ['ready', 'away', 'lost'] as const;

/** A store with what a service puts in front of it. */
export interface ServingStore {
  readonly store: Store;
  readonly keys: KeyCache;
  readonly rates: RateLimiter;
  /** "away" within the time of grace, "lost" after it: then no key can be told any more. */
  state(): StoreState;
  /** For how long it has been away, in ms; 0 when it is not. */
  awayMs(): number;
  /** How many groups of counts wait on this machine's disk until it is back; see `postgres/spool.ts`. */
  spooled(): Promise<number>;
}

/** How a service opens its store. */
export interface ServeOptions extends Omit<OpenOptions, 'mustExist'> {
  /** How long keys are served while PostgreSQL is away, in ms. */
  readonly graceMs: number;
  /** Told what an operator should know of the database. */
  readonly onTrouble: (text: string, error: unknown) => void;
}

/** The data directory: the option if given, else `LPD_DATA_DIR`, else `./data`. */
export function dataDirOf(option: string | undefined, env: NodeJS.ProcessEnv): string {
  return option || env.LPD_DATA_DIR || DEFAULT_DATA_DIR;
}

/**
 * Opens the store of a data directory, or of a database.
 *
 * @throws DetectError `store.missing`, `store.schema`, `store.unavailable`
 */
export async function openStore({ dataDir, databaseUrl, mustExist = false }: OpenOptions): Promise<Store> {
  if (databaseUrl) return await openPostgres({ url: databaseUrl });
  const file = join(dataDir, DATABASE_FILE);
  if (mustExist && !existsSync(file)) {
    throw new DetectError('store.missing', fill(COMMAND_DETAILS.noStore, { folder: resolve(dataDir) }));
  }
  return await openSqlite({ file });
}

/**
 * Opens the store for a service.
 *
 * @throws DetectError `store.schema`, `store.unavailable`
 */
export async function openServingStore(options: ServeOptions): Promise<ServingStore> {
  const { dataDir, databaseUrl, graceMs, onTrouble } = options;
  if (!databaseUrl) {
    const store = await openStore({ dataDir });
    return {
      store,
      keys: new KeyCache(store),
      rates: new LocalRateLimiter(),
      state: () => 'ready',
      awayMs: () => 0,
      spooled: async () => 0,
    };
  }
  const serving = { dataDir, graceMs, patienceMs: PATIENCE_MS, onTrouble };
  const store = await openPostgres({ url: databaseUrl, serving });
  const keys = new KeyCache(store, {
    lifeMs: SHARED_KEY_LIFE_MS,
    toldLifeMs: TOLD_KEY_LIFE_MS,
    told: () => store.database.silentMs < TELLING_MS,
    graceMs,
  });
  store.onKey((digest) => keys.forget(digest));
  const awayMs = () => store.database.awayMs;
  const state = () => {
    if (awayMs() === 0) return 'ready';
    return awayMs() <= graceMs ? 'away' : 'lost';
  };
  return {
    store,
    keys,
    rates: new SharedRateLimiter(store.database),
    state,
    awayMs,
    spooled: () => store.spooled(),
  };
}

/** Which store, and where. What talks to PostgreSQL is loaded where that is the store. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { KeyCache } from './key-cache.ts';
import { LocalRateLimiter, type RateLimiter } from './rate.ts';
import { openSqlite } from './sqlite/store.ts';
import type { Store } from './store.ts';

/** The data directory when nobody says otherwise: beside the clone that `npm start` runs in, and git-ignored. */
export const DEFAULT_DATA_DIR = './data';

/** The name of the embedded database in the data directory. */
export const DATABASE_FILE = 'liveportrait-detect.db';

/** How long keys are served while PostgreSQL is away when nobody says otherwise, in ms. */
export const DEFAULT_GRACE_MS = 300_000;
/** Where the store is. */
export interface OpenOptions {
  /** The data directory; made, for the owner only, when missing. */
  readonly dataDir: string;
  /** `postgres://…`; the embedded store in the data directory when left out or empty. */
  readonly databaseUrl?: string | undefined;
  /** Refuse instead of making a new store: for commands that only make sense with one. */
  readonly mustExist?: boolean;
}

/** Whether the store can be reached, and gives what is asked of it; while it is away, what is known goes on being served. */
export type StoreState = (typeof STORE_STATES)[number];
/** All of them, from good to bad. */
export const STORE_STATES = ['ready', 'lacking', 'away', 'lost'] as const;

/** A store with what a service puts in front of it. */
export interface ServingStore {
  readonly store: Store;
  readonly keys: KeyCache;
  readonly rates: RateLimiter;
  /** "lacking" where it is there and refuses something, for lack of a right or a table; "away" within the time of grace, "lost" after it: then no key can be told any more. */
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
  if (databaseUrl) {
    const { openPostgres } = await import('./postgres/store.ts');
    return await openPostgres({ url: databaseUrl });
  }
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
  const { openPostgresServing } = await import('./postgres/serving.ts');
  return openPostgresServing({ url: databaseUrl, dataDir, graceMs, onTrouble });
}

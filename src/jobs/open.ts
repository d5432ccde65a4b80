/** Which store of jobs: the one in the same database as the keys. */
import { join } from 'node:path';
import { DEFAULT_DEADLINE_MS } from '../download/download.ts';
import { DATABASE_FILE } from '../store/open.ts';
import type { PostgresStore } from '../store/postgres/store.ts';
import type { Store } from '../store/store.ts';
import { holdMs } from './job.ts';
import { openSqliteJobs } from './sqlite.ts';
import type { JobStore } from './store.ts';

/** What a service knows of its jobs. */
export interface JobsOptions {
  /** Longest time for one item, from its download to its inspection, in ms; the contract's deadline by default. */
  readonly itemMs?: number;
  /** What the jobs of one key may take, in bytes; 2 GiB by default. */
  readonly keyBytes?: number;
  /** What jobs leave free on the disk of the embedded database, in bytes; nothing by default. */
  readonly floorBytes?: number;
  /** Told of what went wrong with the queue itself, for the log. */
  readonly onTrouble?: (error: unknown) => void;
}

/**
 * Opens the jobs beside the store of keys. Close them before it.
 *
 * @param dataDir where the embedded database is, if that is the store
 * @throws DetectError `store.schema`, `store.rights`, `store.unavailable`
 */
export async function openJobs(
  store: Store,
  dataDir: string,
  { itemMs = DEFAULT_DEADLINE_MS, keyBytes, floorBytes, onTrouble = () => undefined }: JobsOptions = {},
): Promise<JobStore> {
  if (isPostgres(store)) {
    // Loaded here, so that the embedded store does without.
    const [{ openBoss }, { PostgresJobs }] = await Promise.all([
      import('./boss.ts'),
      import('./postgres.ts'),
    ]);
    const boss = await openBoss(store.database, onTrouble);
    return new PostgresJobs(store.database, boss, holdMs(itemMs), keyBytes);
  }
  const reserve: Store['reserve'] = (key) => store.reserve(key);
  const limits = { holdMs: holdMs(itemMs), keyBytes, floorBytes };
  return await openSqliteJobs({ file: join(dataDir, DATABASE_FILE), reserve, ...limits });
}

/** Told by its connections: its class would bring PostgreSQL's client along. */
function isPostgres(store: Store): store is PostgresStore {
  return 'database' in store;
}

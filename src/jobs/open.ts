/** Which store of jobs: the one in the same database as the keys. */
import { join } from 'node:path';
import { DATABASE_FILE } from '../store/open.ts';
import { PostgresStore } from '../store/postgres/store.ts';
import type { Store } from '../store/store.ts';
import { PostgresJobs } from './postgres.ts';
import { openSqliteJobs } from './sqlite.ts';
import type { JobStore } from './store.ts';

/**
 * Opens the jobs beside the store of keys. Close them before it.
 *
 * @param dataDir where the embedded database is, if that is the store
 * @throws DetectError `store.schema`, `store.unavailable`
 */
export async function openJobs(store: Store, dataDir: string): Promise<JobStore> {
  if (store instanceof PostgresStore) return new PostgresJobs(store.database);
  const reserve: Store['reserve'] = (key) => store.reserve(key);
  return await openSqliteJobs({ file: join(dataDir, DATABASE_FILE), reserve });
}

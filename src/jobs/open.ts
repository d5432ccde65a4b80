/** Which store of jobs, and where: in the same database as the keys. */
import { join } from 'node:path';
import { DATABASE_FILE, type OpenOptions } from '../store/open.ts';
import { openSqliteJobs } from './sqlite.ts';
import type { JobStore } from './store.ts';

/**
 * Opens the jobs beside the store of keys, which has to be open already.
 *
 * @throws DetectError `store.schema`, `store.unavailable`
 */
export async function openJobs({ dataDir }: Pick<OpenOptions, 'dataDir' | 'databaseUrl'>): Promise<JobStore> {
  return await openSqliteJobs({ file: join(dataDir, DATABASE_FILE) });
}

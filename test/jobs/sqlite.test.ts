import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteJobs } from '../../src/jobs/sqlite.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { describeJobStore } from './suite.ts';
import { HOLD_MS } from './suite-tools.ts';

describeJobStore(async (limits) => {
  const file = join(await temporaryDirectory(), 'test.db');
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = await openSqlite({ file });
  const reserve: Store['reserve'] = (key) => store.reserve(key);
  const jobs = await openSqliteJobs({ file, now, reserve, holdMs: HOLD_MS, ...limits });
  onTestFinished(() => store.close());
  onTestFinished(() => jobs.close());
  const pass = async (ms: number) => {
    ahead += ms;
  };
  return { store, jobs, pass };
});

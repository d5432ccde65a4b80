import { describe, it, onTestFinished } from 'vitest';
import { PostgresJobs } from '../../src/jobs/postgres.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { admin, CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { describeJobStore } from './suite.ts';

if (CAN_CONNECT) {
  describeJobStore(async () => {
    const { url, remove } = await createDatabase(await sharedServer());
    onTestFinished(remove);
    const store = await openPostgres({ url });
    onTestFinished(() => store.close());
    // The server's clock cannot be moved, but all times that it knows can.
    const pass = async (ms: number) => {
      const back = (column: string) => `${column} = ${column} - ${ms} * interval '1 millisecond'`;
      const columns = ['notify_at', 'created_at', 'started_at', 'ended_at'].map(back);
      await admin(
        url,
        `UPDATE lpd.job_batches SET ${back('due_at')}; UPDATE lpd.jobs SET ${columns.join(', ')}`,
      );
    };
    return { store, jobs: new PostgresJobs(store.database), pass };
  });
} else {
  describe('jobs in PostgreSQL', () => it.skip(HOW_TO_GET, () => undefined));
}

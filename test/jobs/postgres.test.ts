import { describe, it } from 'vitest';
import { BOSS_SCHEMA } from '../../src/jobs/boss.ts';
import { PostgresJobs } from '../../src/jobs/postgres.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../postgres.ts';
import { openDatabase } from './fleet.ts';
import { describeJobStore } from './suite.ts';
import { HOLD_MS } from './suite-tools.ts';

if (CAN_CONNECT) {
  describeJobStore(async (limits = {}) => {
    const { url, store, boss } = await openDatabase();
    // The server's clock cannot be moved, but all times that it knows can.
    const pass = async (ms: number) => {
      const back = (column: string) => `${column} = ${column} - ${ms} * interval '1 millisecond'`;
      const shift = (table: string, columns: string[]) =>
        `UPDATE ${table} SET ${columns.map(back).join(', ')};`;
      await admin(
        url,
        shift(`${BOSS_SCHEMA}.job`, ['start_after', 'started_on', 'created_on', 'keep_until']) +
          shift('lpd.jobs', ['notify_at', 'created_at', 'started_at', 'ended_at']),
      );
      await boss.expire();
    };
    return { store, jobs: new PostgresJobs(store.database, boss, HOLD_MS, limits.keyBytes), pass };
  });
} else {
  describe('jobs in PostgreSQL', () => it.skip(HOW_TO_GET, () => undefined));
}

/** A database with jobs for tests, and pg-boss in it. */
import { onTestFinished } from 'vitest';
import { openBoss } from '../../src/jobs/boss.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { createDatabase, sharedServer } from '../postgres.ts';

/** Makes one of its own for the running test. */
export async function openDatabase() {
  const { url, remove } = await createDatabase(await sharedServer());
  onTestFinished(remove);
  const store = await openPostgres({ url });
  onTestFinished(() => store.close());
  const troubles: unknown[] = [];
  const boss = await openBoss(store.database, (error) => troubles.push(error));
  onTestFinished(() => boss.stop({ graceful: false }));
  return { url, store, boss, troubles };
}

/** pg-boss's tables and its start: many at once, without the rights for it, beside newer ones. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BATCHES, BOSS_SCHEMA, openBoss, WEBHOOKS } from '../../src/jobs/boss.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { admin, CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';
import { createRole } from '../store/postgres/set-up.ts';
import { openDatabase } from './fleet.ts';

const ignore = () => undefined;

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'pg-boss' : HOW_TO_GET, () => {
  it('is made by ten that start at once on nothing, and fails none of them', async () => {
    const { url, remove } = await createDatabase(await sharedServer());
    onTestFinished(remove);
    const startOne = async () => {
      const store = await openPostgres({ url });
      onTestFinished(() => store.close());
      const boss = await openBoss(store.database, ignore);
      onTestFinished(() => boss.stop({ graceful: false }));
    };
    await Promise.all(Array.from({ length: 10 }, startOne));
    const queues = await admin<{ name: string }>(url, `SELECT name FROM ${BOSS_SCHEMA}.queue ORDER BY name`);
    expect(queues.map(({ name }) => name)).toEqual([BATCHES, WEBHOOKS]);
    expect(await admin(url, `SELECT FROM ${BOSS_SCHEMA}.version`)).toHaveLength(1);
  });

  it('says so when its role may not make tables, and needs no such right once they are there', async () => {
    const { url, remove } = await createDatabase(await sharedServer());
    onTestFinished(remove);
    const role = await createRole(url);
    await expect(openPostgres({ url: role.url })).rejects.toMatchObject({ code: 'store.rights' });

    const owner = await openPostgres({ url });
    onTestFinished(() => owner.close());
    const allow = (schema: string) =>
      admin(
        url,
        `GRANT USAGE ON SCHEMA ${schema} TO ${role.name}; GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role.name}`,
      );
    await allow('lpd');
    const store = await openPostgres({ url: role.url });
    onTestFinished(() => store.close());
    await expect(openBoss(store.database, ignore)).rejects.toMatchObject({ code: 'store.rights' });

    const first = await openBoss(owner.database, ignore);
    await first.stop({ graceful: false });
    await allow(BOSS_SCHEMA);
    const second = await openBoss(store.database, ignore);
    await second.stop({ graceful: false });
  });

  it('is not used when a newer release has changed its tables', async () => {
    const { url, store } = await openDatabase();
    await admin(url, `UPDATE ${BOSS_SCHEMA}.version SET version = version + 1`);
    await expect(openBoss(store.database, ignore)).rejects.toMatchObject({ code: 'store.schema' });
  });

  it('tells of trouble in its maintenance, and survives it', async () => {
    const { url, troubles } = await openDatabase();
    await admin(url, `ALTER TABLE ${BOSS_SCHEMA}.version RENAME TO gone`);
    await expect.poll(() => troubles.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(troubles[0]).toMatchObject({ code: 'store.unavailable' });
  });
});

it('is not loaded for the embedded store', async () => {
  const script = fileURLToPath(new URL('./loaded.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...EXEC_ARGV, script]);
  const loaded: string[] = JSON.parse(stdout);
  expect(loaded.some((path) => path.includes('/node_modules/libsql/'))).toBe(true);
  expect(loaded.filter((path) => /node_modules\/pg(?:-boss)?\//.test(path))).toEqual([]);
});

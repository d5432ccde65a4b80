import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openJobs } from '../../../src/jobs/open.ts';
import type { Migration } from '../../../src/store/migration.ts';
import { newKey } from '../../../src/store/new-key.ts';
import { MOST_CONNECTIONS } from '../../../src/store/postgres/database.ts';
import { MIGRATIONS, migrate } from '../../../src/store/postgres/migrations.ts';
import { openPostgres } from '../../../src/store/postgres/store.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { emptyDatabase, start } from './set-up.ts';

const next = (MIGRATIONS.at(-1)?.version ?? 0) + 1;
const addition: Migration = { version: next, worksFor: 1, sql: 'ALTER TABLE lpd.keys ADD COLUMN note text' };
const upheaval: Migration = {
  version: next,
  worksFor: next,
  sql: 'ALTER TABLE lpd.keys RENAME COLUMN qps TO rate',
};

const versionsOf = (url: string) =>
  admin<{ version: number }>(url, 'SELECT version FROM lpd.migrations ORDER BY version');

it('numbers its steps 1, 2, 3 …, each working for itself or something older', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  for (const { version, worksFor } of MIGRATIONS) expect(worksFor).toBeLessThanOrEqual(version);
});

/** Longest start of ten processes at once, in ms, on a busy machine. */
const START_OF_TEN_MS = 120_000;

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'migrations' : HOW_TO_GET, () => {
  it(
    'are made by one of ten replicas that start at once on nothing, and fail none',
    async () => {
      const url = await emptyDatabase();
      const children = Array.from({ length: 10 }, () => start(url, 'first'));
      const ends = children.map((child) => once(child, 'exit'));
      const outputs = await Promise.all(children.map((child) => text(child.stdout)));
      expect((await Promise.all(ends)).map(([code]) => code)).toEqual(Array.from({ length: 10 }, () => 0));
      const kinds = outputs.map((output) => (JSON.parse(output) as { kind: string }).kind).sort();
      expect(kinds).toEqual(['made', ...Array.from({ length: 9 }, () => 'none')]);
      expect(await versionsOf(url)).toHaveLength(MIGRATIONS.length);
    },
    START_OF_TEN_MS,
  );

  it('add only the missing steps, once for all that try together, and keep the rows', async () => {
    const url = await emptyDatabase();
    const store = await openPostgres({ url });
    await store.createKey(newKey({ name: 'a' }).key);
    await Promise.all(Array.from({ length: 5 }, () => migrate(url, [...MIGRATIONS, addition])));
    expect(await admin(url, 'SELECT name, note FROM lpd.keys')).toEqual([{ name: 'a', note: null }]);
    expect(await versionsOf(url)).toHaveLength(next);
    await store.close();
  });

  it('let an older replica start and work beside a newer schema that only added something', async () => {
    const url = await emptyDatabase();
    await migrate(url, [...MIGRATIONS, addition]);
    const store = await openPostgres({ url });
    const key = await store.createKey(newKey({ name: 'b' }).key);
    await (await store.reserve(key))?.commit('pass');
    expect(await store.usage()).toMatchObject([{ keyName: 'b', count: 1 }]);
    await store.close();
  });

  it('leave an older replica that runs at its work, whatever tables they add columns to', async () => {
    const url = await emptyDatabase();
    const store = await openPostgres({ url });
    const jobs = await openJobs(store, '');
    const { key: added } = newKey({ name: 'a' });
    const key = await store.createKey(added);
    const jobId = randomUUID();
    await jobs.create({ id: jobId, keyId: key.id, webhook: null, secret: null });
    await jobs.open(jobId);
    // Each connection is to have prepared each of them.
    const each = async () =>
      await Promise.all(
        Array.from({ length: 4 * MOST_CONNECTIONS }, async () => [
          await store.keyByDigest(added.digest),
          await store.keyById(key.id),
          await store.listKeys(),
          await jobs.find(jobId, key.id),
          await jobs.results(jobId, 0, 1),
        ]),
      );
    const before = await each();
    const tables = await admin<{ name: string }>(
      url,
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'lpd'",
    );
    const sql = tables.map(({ name }) => `ALTER TABLE lpd.${name} ADD COLUMN note text`).join(';');
    await migrate(url, [...MIGRATIONS, { ...addition, sql }]);
    expect(await each()).toEqual(before);
    await jobs.close();
    await store.close();
  });

  it('refuse a newer schema that this release cannot work with, and say which', async () => {
    const url = await emptyDatabase();
    await migrate(url, [...MIGRATIONS, upheaval]);
    await expect(openPostgres({ url })).rejects.toMatchObject({
      code: 'store.schema',
      message: expect.stringContaining(`needs a release that knows version ${next}`),
    });
  });

  it('leave everything as it was when a step fails', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const broken: Migration = {
      version: next + 1,
      worksFor: 1,
      sql: 'CREATE TABLE lpd.other (x text); SELECT nonsense',
    };
    await expect(migrate(url, [...MIGRATIONS, addition, broken])).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    expect(await versionsOf(url)).toHaveLength(MIGRATIONS.length);
    await migrate(url, [...MIGRATIONS, addition]);
  });

  it('say that the store is unavailable when nobody answers', async () => {
    const url = 'postgres://lpd@127.0.0.1:9/none';
    await expect(openPostgres({ url })).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

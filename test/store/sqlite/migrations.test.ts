import { linkSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Migration } from '../../../src/store/migration.ts';
import { newKey } from '../../../src/store/new-key.ts';
import { connect } from '../../../src/store/sqlite/connection.ts';
import { MIGRATIONS, migrate } from '../../../src/store/sqlite/migrations.ts';
import { openSqlite } from '../../../src/store/sqlite/store.ts';
import { temporaryDirectory } from '../temporary.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, linkSync: vi.fn(fs.linkSync) };
});

const next = (MIGRATIONS.at(-1)?.version ?? 0) + 1;
const addition: Migration = { version: next, worksFor: 1, sql: 'ALTER TABLE keys ADD COLUMN note TEXT' };
const upheaval: Migration = {
  version: next,
  worksFor: next,
  sql: 'ALTER TABLE keys RENAME COLUMN qps TO rate',
};

async function withKey() {
  const file = join(await temporaryDirectory(), 'test.db');
  const store = await openSqlite({ file });
  await store.createKey(newKey({ name: 'a' }).key);
  await store.close();
  return file;
}

async function apply(file: string, steps: readonly Migration[]): Promise<void> {
  const connection = await connect(file);
  try {
    await migrate(connection, steps);
  } finally {
    connection.close();
  }
}

it('numbers its steps 1, 2, 3 …, each working for itself or something older', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  for (const { version, worksFor } of MIGRATIONS) expect(worksFor).toBeLessThanOrEqual(version);
});

it('adds only the missing steps, once, and keeps the rows', async () => {
  const file = await withKey();
  await apply(file, [...MIGRATIONS, addition]);
  await apply(file, [...MIGRATIONS, addition]);
  const connection = await connect(file);
  expect(connection.prepare('SELECT name, note FROM keys').all([])).toEqual([{ name: 'a', note: null }]);
  expect(connection.prepare('SELECT version FROM migrations').all([])).toHaveLength(next);
  connection.close();
});

it('works on beside a newer schema that only added something', async () => {
  const file = await withKey();
  await apply(file, [...MIGRATIONS, addition]);
  const store = await openSqlite({ file });
  await store.createKey(newKey({ name: 'b' }).key);
  expect(await store.listKeys()).toHaveLength(2);
  await store.close();
});

it('refuses a newer schema that it cannot work with, and says which', async () => {
  const file = await withKey();
  await apply(file, [...MIGRATIONS, upheaval]);
  await expect(openSqlite({ file })).rejects.toMatchObject({
    code: 'store.schema',
    message: expect.stringContaining(`needs a release that knows version ${next}`),
  });
});

it('leaves everything as it was when a step fails', async () => {
  const file = await withKey();
  const broken: Migration = {
    version: next + 1,
    worksFor: 1,
    sql: 'CREATE TABLE other (x); SELECT nonsense',
  };
  await expect(apply(file, [...MIGRATIONS, addition, broken])).rejects.toMatchObject({
    code: 'store.unavailable',
  });
  await apply(file, [...MIGRATIONS, addition]);
});

it('makes the file for no other eyes where it cannot be linked, and leaves nothing beside it', async () => {
  vi.mocked(linkSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('not supported'), { code: 'EPERM' });
  });
  const directory = await temporaryDirectory();
  const store = await openSqlite({ file: join(directory, 'test.db') });
  await store.createKey(newKey({ name: 'a' }).key);
  expect(readdirSync(directory).sort()).toEqual(['test.db', 'test.db-shm', 'test.db-wal']);
  for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  await store.close();
});

it("makes the directory and its files for the owner's eyes only", async () => {
  const directory = join(await temporaryDirectory(), 'a', 'b');
  const store = await openSqlite({ file: join(directory, 'test.db') });
  await store.createKey(newKey({ name: 'a' }).key);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(directory)).toBe(0o700);
  for (const name of ['test.db', 'test.db-wal', 'test.db-shm'])
    expect(modeOf(join(directory, name))).toBe(0o600);
  await store.close();
});

it('says that the store is unavailable when the file is none, or a directory, or cannot be made', async () => {
  const directory = await temporaryDirectory();
  writeFileSync(join(directory, 'text.db'), 'This is no database. '.repeat(100));
  mkdirSync(join(directory, 'directory.db'));
  for (const file of ['text.db', 'directory.db', 'text.db/below.db', '/proc/no/such.db']) {
    await expect(openSqlite({ file: resolve(directory, file) })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  }
});

import { expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { Books } from '../../../src/store/sqlite/books.ts';
import { connect } from '../../../src/store/sqlite/connection.ts';
import { KeysTable } from '../../../src/store/sqlite/keys-table.ts';
import { Meter } from '../../../src/store/sqlite/meter.ts';
import { migrate } from '../../../src/store/sqlite/migrations.ts';

/** A meter whose database can be taken away. */
async function setUp() {
  const connection = await connect(':memory:');
  onTestFinished(() => void connection.close());
  await migrate(connection);
  const key = new KeysTable(connection).insert(newKey({ name: 'a', quota: 1 }).key, '2026-01-01T00:00:00Z');
  const books = new Books(connection);
  const database = { away: false };
  const run = async <T>(step: () => T): Promise<T> => {
    if (database.away) throw new Error('away');
    return step();
  };
  return { key, books, database, meter: new Meter(books, run, () => '2026-01-01') };
}

it('gives the image back when it could not be counted', async () => {
  const { key, books, database, meter } = await setUp();
  const lost = await meter.reserve(key);
  database.away = true;
  await expect(lost?.commit('pass')).rejects.toThrow('away');
  await lost?.undo();
  database.away = false;
  expect(books.answered(key.id)).toBe(0);
  const next = await meter.reserve(key);
  lost?.release();
  expect(await meter.reserve(key)).toBeUndefined();
  await next?.commit('pass');
  expect(books.answered(key.id)).toBe(1);
});

it('takes nothing off when the commit that is undone failed', async () => {
  const { key, books, database, meter } = await setUp();
  await (await meter.reserve({ id: key.id, quota: null }))?.commit('pass');
  const lost = await meter.reserve({ id: key.id, quota: null });
  database.away = true;
  const committed = lost?.commit('pass');
  const undone = lost?.undo();
  await expect(committed).rejects.toThrow('away');
  database.away = false;
  await undone;
  expect(books.answered(key.id)).toBe(1);
});

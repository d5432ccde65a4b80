/** A database that may not grow, which SQLite tells as it tells a full disk; `test/outside/disk.test.ts` has a real one. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect, inTransaction, patiently } from '../../../src/store/sqlite/connection.ts';
import { temporaryDirectory } from '../temporary.ts';

it('says that it is full, writes nothing of it, and goes on once there is room', async () => {
  const connection = await connect(join(await temporaryDirectory(), 'test.db'));
  onTestFinished(() => void connection.close());
  connection.exec('CREATE TABLE answers (body)');
  const insert = connection.prepare('INSERT INTO answers (body) VALUES (?)');
  const write = () =>
    patiently(() =>
      inTransaction(connection, () => {
        insert.run(['small']);
        insert.run(['x'.repeat(1_000_000)]);
      }),
    );
  const count = () => connection.prepare('SELECT count(*) AS rows FROM answers').get([]);
  connection.exec('PRAGMA max_page_count = 10');
  for (let i = 0; i < 2; i++) {
    await expect(write()).rejects.toMatchObject({ code: 'store.full', cause: { code: 'SQLITE_FULL' } });
  }
  expect(count()).toMatchObject({ rows: 0 });
  connection.exec('PRAGMA max_page_count = 10000');
  await write();
  expect(count()).toMatchObject({ rows: 2 });
});

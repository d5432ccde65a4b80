import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../src/store/sqlite/store.ts';
import { storeSuite } from '../suite.ts';

storeSuite(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'lpd-store-'));
  return {
    open: (options) => openSqlite({ file: join(directory, 'test.db'), ...options }),
    remove: () => rm(directory, { recursive: true }),
  };
});

import { describe } from 'vitest';
import { openPostgres } from '../../../src/store/postgres/store.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../../postgres.ts';
import { storeSuite } from '../suite.ts';

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'on PostgreSQL' : HOW_TO_GET, () => {
  storeSuite(async () => {
    const { url, remove } = await createDatabase(await sharedServer());
    return { open: (options) => openPostgres({ url, ...options }), remove };
  });
});

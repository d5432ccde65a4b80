/** A real server that is there, and of no use: it only reads, takes no connections, or has one that locks what all need. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import type { PostgresStore } from '../../../src/store/postgres/store.ts';
import { admin, CAN_START, type Cluster, createDatabase, HOW_TO_GET, startCluster } from '../../postgres.ts';
import { counted, createUser, replica } from './set-up.ts';

/** Longest wait until a database that is back is found, on a busy machine. */
const BACK = { timeout: 15_000 };

describe.skipIf(!CAN_START)(CAN_START ? 'a database that is of no use' : HOW_TO_GET, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.remove());

  async function setUp() {
    const { url } = await createDatabase(cluster.url);
    const first = await replica(url);
    const key = await first.store.createKey(newKey({ name: 'a' }).key);
    const { database } = first.store as PostgresStore;
    const answer = async () => await (await first.store.reserve(key))?.commit('pass');
    return { url, ...first, database, answer };
  }

  /** Has the server only read, or write again. */
  async function reads(only: boolean): Promise<void> {
    await admin(
      cluster.url,
      only
        ? 'ALTER SYSTEM SET default_transaction_read_only = on'
        : 'ALTER SYSTEM RESET default_transaction_read_only',
    );
    await admin(cluster.url, 'SELECT pg_reload_conf()');
  }

  it('only reads: is away for as long as it does, longer than the time of grace too', async () => {
    const { url, store, answer } = await setUp();
    const troubles: string[] = [];
    const { state } = await replica(url, { graceMs: 500, onTrouble: (text) => troubles.push(text) });
    await reads(true);
    await expect.poll(state, BACK).toBe('lost');
    await answer();
    // Several heartbeats.
    await sleep(3_000);
    expect([state(), troubles]).toEqual(['lost', [expect.stringContaining('is away')]]);
    await reads(false);
    await expect.poll(state, BACK).toBe('ready');
    await expect.poll(() => counted(store), BACK).toBe(1);
  });

  it('refuses new connections what the one that listens may still do: that is away too', async () => {
    const { url, store, database, answer, state } = await setUp();
    await answer();
    const [{ name = '' } = {}] = await admin<{ name: string }>(url, 'SELECT current_database() AS name');
    await admin(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await admin(
      cluster.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = '${name}' AND query NOT LIKE 'SHOW%' AND query NOT LIKE 'LISTEN%'`,
    );
    await answer();
    await sleep(3_000);
    expect([state(), database.awayMs > 2_000, database.silentMs < 2_000]).toEqual(['away', true, true]);
    await admin(cluster.url, `ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await expect.poll(state, BACK).toBe('ready');
    await expect.poll(() => counted(store), BACK).toBe(2);
  });

  it('lets no new connection in: that is away too, until it does', async () => {
    const { url } = await createDatabase(cluster.url);
    const owner = await replica(url);
    const key = await owner.store.createKey(newKey({ name: 'a' }).key);
    const role = await createUser(url);
    const { store, state } = await replica(role.url);
    await (await store.reserve(key))?.commit('pass');
    await admin(url, `ALTER ROLE ${role.name} NOLOGIN`);
    await admin(
      cluster.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = '${role.name}' AND query NOT LIKE 'SHOW%' AND query NOT LIKE 'LISTEN%'`,
    );
    await (await store.reserve(key))?.commit('pass');
    await sleep(2_000);
    expect(state()).toBe('away');
    await admin(url, `ALTER ROLE ${role.name} LOGIN`);
    await expect.poll(state, BACK).toBe('ready');
    await expect.poll(() => counted(owner.store), BACK).toBe(2);
  });

  it('ends a start at once that it does not let in, by a role or a database that it does not have', async () => {
    const { url } = await createDatabase(cluster.url);
    const wrong = [`${url.replace(/\?/, '_not?')}`, url.replace(/\/\/[^@]*@/, '//nobody@')];
    for (const each of wrong) {
      const begun = performance.now();
      await expect(replica(each)).rejects.toMatchObject({ code: 'store.login' });
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
  });

  it('is held up by a replica that vanished in the middle of a transaction: for some seconds', async () => {
    const { url, store, answer, state } = await setUp();
    await answer();
    const vanished = await replica(url);
    const { database } = vanished.store as PostgresStore;
    let isLocked = false;
    const transaction = database.transaction(async (query) => {
      await query({ name: 'lock', text: 'SELECT 1 FROM lpd.usage FOR UPDATE' }, []);
      isLocked = true;
      await sleep(9_000);
    });
    transaction.catch(() => undefined);
    await expect.poll(() => isLocked).toBe(true);
    await answer();
    await expect.poll(() => counted(store), { timeout: 8_000 }).toBe(2);
    await expect.poll(state).toBe('ready');
    await expect(transaction).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

/** A real server that is stopped, frozen or loses its connections in the middle: nothing answered is lost. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { LEASE_SHARE } from '../../../src/store/postgres/quotas.ts';
import { TOLD_KEY_LIFE_MS } from '../../../src/store/postgres/serving.ts';
import { Spool } from '../../../src/store/postgres/spool.ts';
import type { ApiKey, Store } from '../../../src/store/store.ts';
import { admin, CAN_START, type Cluster, createDatabase, HOW_TO_GET, startCluster } from '../../postgres.ts';
import { temporaryDirectory } from '../temporary.ts';
import { counted, kill, linesOf, replica, start } from './set-up.ts';

const CONCURRENCY = 8;
/** Longest wait for a process that starts, or for its answers, on a busy machine. */
const LOADED = { timeout: 60_000 };

/** Clients of a replica until they are told to stop; gives what was answered. */
function load(store: Store, key: Pick<ApiKey, 'id' | 'quota'>) {
  const seen = { answered: 0, failed: 0, longestMs: 0 };
  let on = true;
  const client = async () => {
    while (on) {
      const from = performance.now();
      try {
        const reservation = await store.reserve(key);
        await reservation?.commit('pass');
        if (reservation !== undefined) seen.answered++;
      } catch {
        seen.failed++;
      }
      seen.longestMs = Math.max(seen.longestMs, performance.now() - from);
      await sleep(5);
    }
  };
  const clients = Promise.all(Array.from({ length: CONCURRENCY }, client));
  return {
    seen,
    stop: async () => {
      on = false;
      await clients;
      return seen;
    },
  };
}

describe.skipIf(!CAN_START)(CAN_START ? 'a database that goes away' : HOW_TO_GET, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  // What a failed test stopped is no other test's concern.
  beforeEach(() => cluster.start());
  afterAll(() => cluster.remove());

  async function setUp(quota: number | null = null) {
    const { url } = await createDatabase(cluster.url);
    const first = await replica(url);
    const { key, secret } = newKey({ name: 'a', quota });
    const made = await first.store.createKey(key);
    // Until the replica was told of its new key, which drops what it remembers of it.
    await sleep(100);
    return { url, ...first, key: made, secret };
  }

  it('is stopped for some seconds: usage equals what was answered, and known keys are served', async () => {
    const { store, key, keys, rates, secret, state } = await setUp();
    expect(state()).toBe('ready');
    await keys.find(secret);
    const { seen, stop } = load(store, key);
    await sleep(300);
    await cluster.stop();
    await expect.poll(state).toBe('away');
    const before = seen.answered;
    await sleep(2_000);
    expect(seen.answered).toBeGreaterThan(before + 100);
    expect(await keys.find(secret)).toEqual(key);
    await expect(keys.find(newKey({ name: 'x' }).secret)).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    expect(await rates.take('a', 1)).toBe(0);
    expect(await rates.take('a', 1)).toBeGreaterThan(0);
    await cluster.start();
    await expect.poll(state, { timeout: 15_000 }).toBe('ready');
    await sleep(300);
    const { answered, failed } = await stop();
    expect(failed).toBe(0);
    await expect.poll(() => counted(store), { timeout: 15_000 }).toBe(answered);
  });

  it('stays away for longer than the time of grace: no key is served any more, until it is back', async () => {
    const { url, key, secret } = await setUp();
    const { keys, state } = await replica(url, { graceMs: 500 });
    expect(await keys.find(secret)).toEqual(key);
    await cluster.stop();
    await expect.poll(state, { timeout: 15_000 }).toBe('lost');
    const refused = () =>
      keys.find(secret).then(
        () => false,
        () => true,
      );
    await expect.poll(refused, { timeout: TOLD_KEY_LIFE_MS + 1_000 }).toBe(true);
    await cluster.start();
    await expect.poll(state, { timeout: 15_000 }).toBe('ready');
    expect(await keys.find(secret)).toEqual(key);
  });

  it('is frozen: answers wait no longer than a statement may, and late ones are not counted twice', async () => {
    const { store, key, state } = await setUp();
    const { stop } = load(store, key);
    await sleep(300);
    cluster.freeze();
    await sleep(4_000);
    expect(state()).toBe('away');
    cluster.thaw();
    await expect.poll(state, { timeout: 15_000 }).toBe('ready');
    await sleep(300);
    const { answered, failed, longestMs } = await stop();
    expect(failed).toBe(0);
    expect(longestMs).toBeLessThan(4_000);
    await expect.poll(() => counted(store), { timeout: 15_000 }).toBe(answered);
    await sleep(500);
    expect(await counted(store)).toBe(answered);
  });

  it('cuts all connections, over and over: usage equals what was answered', async () => {
    const { store, key, state } = await setUp();
    const { stop } = load(store, key);
    for (let round = 0; round < 5; round++) {
      await sleep(200);
      await admin(
        cluster.url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
      );
    }
    await expect.poll(state, { timeout: 15_000 }).toBe('ready');
    const { answered, failed } = await stop();
    expect(failed).toBe(0);
    await expect.poll(() => counted(store), { timeout: 15_000 }).toBe(answered);
  });

  it('honours what was leased of a quota, and no more', async () => {
    const { store, key, state } = await setUp(640);
    await (await store.reserve(key))?.commit('pass');
    await cluster.stop();
    let answered = 1;
    const spend = async () => {
      for (;;) {
        await (await store.reserve(key))?.commit('pass');
        answered++;
      }
    };
    await expect(spend()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(answered).toBe(640 * LEASE_SHARE);
    await cluster.start();
    await expect.poll(state, { timeout: 15_000 }).toBe('ready');
    await expect.poll(() => counted(store), { timeout: 15_000 }).toBe(answered);
  });

  it('overruns no quota and wastes none of it, over two replicas', async () => {
    const { url, store, key, state } = await setUp(1_000);
    const other = await replica(url);
    const loads = [load(store, key), load(other.store, key)];
    await sleep(150);
    await cluster.stop();
    await sleep(500);
    await cluster.start();
    await expect.poll(() => [state(), other.state()], { timeout: 15_000 }).toEqual(['ready', 'ready']);
    const answered = async () => [loads[0].seen.answered + loads[1].seen.answered, await counted(store)];
    await expect.poll(answered, { timeout: 15_000 }).toEqual([1_000, 1_000]);
    await Promise.all(loads.map(({ stop }) => stop()));
    expect(await counted(store)).toBe(1_000);
  });

  it('a replica that is killed with a full spool counts each answer once after its restart', async () => {
    const { url, store } = await setUp();
    const dataDir = await temporaryDirectory();
    const answers = join(dataDir, 'answers');
    const child = start(url, 'answer', [dataDir, answers, String(CONCURRENCY)]);
    await expect.poll(() => linesOf(answers), LOADED).toBeGreaterThan(20);
    await cluster.stop();
    const before = linesOf(answers);
    await expect.poll(() => linesOf(answers), LOADED).toBeGreaterThan(before + 200);
    await kill(child);
    const answered = linesOf(answers);
    await cluster.start();
    const again = await replica(url, { dataDir });
    const emptied = async () => {
      const spool = await Spool.open(join(dataDir, 'spool.db'));
      const writers = await spool.writers();
      spool.close();
      return writers.length;
    };
    await expect.poll(emptied, { timeout: 15_000 }).toBe(0);
    await expect.poll(() => counted(store), { timeout: 15_000 }).toBeGreaterThanOrEqual(answered);
    expect(await counted(again.store)).toBeLessThanOrEqual(answered + CONCURRENCY);
  });
});

/** What holds over all replicas: rates, quotas, and that a revoked key is refused. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { SHARED_KEY_LIFE_MS } from '../../../src/store/open.ts';
import { Quotas } from '../../../src/store/postgres/quotas.ts';
import { SharedRateLimiter } from '../../../src/store/postgres/rates.ts';
import { openPostgres } from '../../../src/store/postgres/store.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { temporaryDirectory } from '../temporary.ts';
import { counted, emptyDatabase, replica, start } from './set-up.ts';

const REPLICAS = 3;

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'over all replicas' : HOW_TO_GET, () => {
  it.each([5, 100])('50 clients of a key with %i a second are held to that within 5 percent', async (qps) => {
    const url = await emptyDatabase();
    await (await openPostgres({ url })).close();
    const ms = 6_000;
    const floods = await Promise.all(
      [17, 17, 16].map(async (clients) => {
        const args = [await temporaryDirectory(), qps, clients, ms].map(String);
        const child = start(url, 'flood', args);
        await once(child.stdout, 'data');
        return child;
      }),
    );
    const counts = floods.map((child) => {
      child.stdin.write('go\n');
      return text(child.stdout);
    });
    const admitted = (await Promise.all(counts)).reduce((sum, count) => sum + Number(count), 0);
    const allowed = qps + (qps * ms) / 1_000;
    expect(admitted).toBeLessThanOrEqual(allowed * 1.05);
    expect(admitted).toBeGreaterThanOrEqual(allowed * 0.95);
  });

  it('a burst and what comes after it are as much as the bucket gives, to the token', async () => {
    const store = await openPostgres({ url: await emptyDatabase() });
    const rates = new SharedRateLimiter(store.database);
    const from = performance.now();
    let admitted = 0;
    while (performance.now() < from + 1_000) {
      if ((await rates.take('a', 200)) === 0) admitted++;
      else await sleep(1);
    }
    const allowed = 200 + (200 * (performance.now() - from)) / 1_000;
    expect(admitted).toBeLessThanOrEqual(allowed);
    // It asks once a millisecond at best, and a busy machine lets it ask less often.
    expect(admitted).toBeGreaterThan(allowed * 0.8);
    await store.close();
  });

  // Sooner than what is remembered ends by itself: they are told.
  it('a key that somebody revokes by hand is refused everywhere at once, and a new one known', async () => {
    const url = await emptyDatabase();
    const replicas = await Promise.all(Array.from({ length: REPLICAS }, () => replica(url)));
    const { key, secret } = newKey({ name: 'a' });
    const find = () => Promise.all(replicas.map(({ keys }) => keys.find(secret)));
    expect(await find()).toEqual([undefined, undefined, undefined]);
    const made = await replicas[0].store.createKey(key);
    await expect.poll(find, { timeout: SHARED_KEY_LIFE_MS - 100 }).toEqual([made, made, made]);
    await admin(url, 'UPDATE lpd.keys SET revoked_at = now()');
    await expect.poll(find, { timeout: SHARED_KEY_LIFE_MS - 100 }).toEqual([undefined, undefined, undefined]);
  });

  it('a quota is never overrun, and used to the last image once idle leases are back', async () => {
    const url = await emptyDatabase();
    const stores = await Promise.all(Array.from({ length: REPLICAS }, () => openPostgres({ url })));
    const key = await stores[0].createKey(newKey({ name: 'a', quota: 500 }).key);
    const spend = async (at: number) => {
      let refusals = 0;
      for (let round = 0; refusals < 3; round++) {
        const reservation = await stores[at % REPLICAS].reserve(key);
        if (reservation === undefined) refusals++;
        else if (round % 5 === 0) reservation.release();
        else await reservation.commit('pass');
      }
    };
    await Promise.all(Array.from({ length: 30 }, (_, at) => spend(at)));
    expect(await counted(stores[0])).toBeLessThanOrEqual(500);
    const last = () => spend(0).then(() => counted(stores[0]));
    await expect.poll(last, { timeout: 8_000, interval: 500 }).toBe(500);
    await Promise.all(stores.map((store) => store.close()));
    expect(await admin(url, 'SELECT spent::int FROM lpd.quotas')).toEqual([{ spent: 500 }]);
  });

  it('what a dead process had leased is given back when it is old', async () => {
    const url = await emptyDatabase();
    const store = await openPostgres({ url });
    const key = await store.createKey(newKey({ name: 'a', quota: 100 }).key);
    await store.reserve(key);
    const quotas = new Quotas(store.database.query);
    await quotas.reap(60_000);
    expect(await admin(url, 'SELECT count(*)::int AS leases FROM lpd.leases')).toEqual([{ leases: 1 }]);
    await admin(url, "UPDATE lpd.leases SET taken_at = now() - interval '61 seconds'");
    await quotas.reap(60_000);
    expect(await admin(url, 'SELECT spent::int FROM lpd.quotas')).toEqual([{ spent: 0 }]);
    await store.close();
  });
});

describe.skipIf(!CAN_CONNECT)('the common case costs no round trip of its own', () => {
  it('for the rate: a thousand requests of a fast key', async () => {
    const store = await openPostgres({ url: await emptyDatabase() });
    const rates = new SharedRateLimiter(store.database);
    await rates.take('a', 1_000);
    const before = store.database.trips;
    let waited = 0;
    for (let requests = 0; requests < 1_000; requests++) {
      const answer = rates.take('a', 1_000);
      if (typeof answer !== 'number') waited++;
      if ((await answer) > 0) throw new Error('refused');
      await sleep(1);
    }
    expect(waited).toBeLessThan(50);
    expect(store.database.trips - before).toBeLessThan(100);
    await store.close();
  });

  it('for the quota: one lease for many images', async () => {
    const store = await openPostgres({ url: await emptyDatabase() });
    const key = await store.createKey(newKey({ name: 'a', quota: 100_000 }).key);
    const before = store.database.trips;
    for (let requests = 0; requests < 320; requests++) (await store.reserve(key))?.release();
    expect(store.database.trips - before).toBeLessThanOrEqual(2);
    await store.close();
  });

  it('for the count: all that wait share one', async () => {
    const store = await openPostgres({ url: await emptyDatabase() });
    const key = await store.createKey(newKey({ name: 'a' }).key);
    const before = store.database.trips;
    const clients = Array.from({ length: 1_000 }, async () => (await store.reserve(key))?.commit('pass'));
    await Promise.all(clients);
    expect(store.database.trips - before).toBeLessThan(10);
    expect(await counted(store)).toBe(1_000);
    await store.close();
  });
});

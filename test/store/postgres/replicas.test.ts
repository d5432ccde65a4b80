/** What holds over all replicas: quotas, and that a revoked key is refused; rates are in `rates.test.ts`. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../../src/store/new-key.ts';
import { Quotas } from '../../../src/store/postgres/quotas.ts';
import { SHARED_KEY_LIFE_MS } from '../../../src/store/postgres/serving.ts';
import { openPostgres } from '../../../src/store/postgres/store.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { connect, counted, emptyDatabase, replica } from './set-up.ts';

const REPLICAS = 3;

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'over all replicas' : HOW_TO_GET, () => {
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

  it('leases of many keys are given back without waiting in a ring for whoever does so too', async () => {
    const url = await emptyDatabase();
    const store = await openPostgres({ url });
    onTestFinished(() => store.close());
    const quotas = new Quotas(store.database.query);
    const ids = Array.from({ length: 20 }, (_, i) => `k${String(i).padStart(2, '0')}`);
    const leases = new Map(ids.reverse().map((id) => [id, randomUUID()]));
    for (const [id, lease] of leases) await quotas.take(lease, id, 6_400, 1);
    ids.reverse();
    const other = await connect(url);
    await other.query('BEGIN');
    const spend = (id: string) =>
      other.query('UPDATE lpd.quotas SET spent = spent + 1 WHERE key_id = $1', [id]);
    await spend(ids[0]!);
    const ended = quotas.end([...leases.values()]);
    await sleep(200);
    for (const id of ids.slice(1)) await spend(id);
    await other.query('COMMIT');
    await ended;
    expect(await admin(url, 'SELECT spent::int, count(*)::int FROM lpd.quotas GROUP BY spent')).toEqual([
      { spent: 1, count: 20 },
    ]);
  });
});

describe.skipIf(!CAN_CONNECT)('the common case costs no round trip of its own', () => {
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

/** Rates over all replicas: the limiters of several in one process, over one real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SharedRateLimiter } from '../../../src/store/postgres/rates.ts';
import { openPostgres } from '../../../src/store/postgres/store.ts';
import { windowOf } from '../../../src/store/rate.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../../postgres.ts';
import { emptyDatabase } from './set-up.ts';

const REPLICAS = 3;
const HOUR_MS = 3_600_000;

afterEach(() => void vi.useRealTimers());

async function setUp() {
  const url = await emptyDatabase();
  const stores = await Promise.all(Array.from({ length: REPLICAS }, () => openPostgres({ url })));
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  const replicas = stores.map(({ database }) => new SharedRateLimiter(database));
  const trips = () => stores.reduce((sum, { database }) => sum + database.trips, 0);
  return { url, replicas, trips };
}

/** How many of so many requests at once, dealt to the replicas in turn, are let through. */
async function admitted(replicas: readonly SharedRateLimiter[], requests: number, qps: number, id = 'a') {
  const waits = await Promise.all(
    Array.from({ length: requests }, (_, at) => replicas[at % replicas.length]?.take(id, qps)),
  );
  return waits.filter((wait) => wait === 0).length;
}

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'rates over all replicas' : HOW_TO_GET, () => {
  it.each([0.5, 5, 25, 500])('a flood of a key with %d a second gets a window, to the last', async (qps) => {
    const { replicas } = await setUp();
    const { points, ms } = windowOf(qps);
    const flood = async () => {
      let count = 0;
      // Twice, since what a replica counted ahead is for its own next requests.
      for (let round = 0; round < 2; round++) count += await admitted(replicas, points * 2 + 10, qps);
      return count;
    };
    expect(await flood()).toBe(points);
    await sleep(ms + 5);
    expect(await flood()).toBe(points);
  });

  it('requests one after the other, on any replica, get all of a window', async () => {
    const { replicas } = await setUp();
    for (let request = 0; request < 5; request++) {
      expect(await replicas[request % REPLICAS]?.take('a', 5)).toBe(0);
    }
    expect(await replicas[2]?.take('a', 5)).toBeGreaterThan(0);
  });

  it('tells the wait after which one is let through', async () => {
    const { replicas } = await setUp();
    for (const qps of [2, 20]) {
      await admitted(replicas, 50, qps, String(qps));
      const wait = (await replicas[1]?.take(String(qps), qps)) ?? 0;
      // The window's end is told by the database's clock, in whole milliseconds.
      expect(wait).toBeLessThanOrEqual(windowOf(qps).ms + 5);
      await sleep(wait + 5);
      expect(await replicas[1]?.take(String(qps), qps)).toBe(0);
    }
  });

  it('a window begins where the one before ended, when its key is in use', async () => {
    const { replicas } = await setUp();
    await admitted(replicas, 20, 5);
    await sleep(1_400);
    expect(await admitted(replicas, 20, 5)).toBe(5);
    const wait = (await replicas[0]?.take('a', 5)) ?? 0;
    expect(wait).toBeLessThan(610);
    await sleep(wait + 5);
    expect(await admitted(replicas, 20, 5)).toBe(5);
    await sleep(2_010);
    expect(await admitted(replicas, 20, 5)).toBe(5);
    expect(await replicas[0]?.take('a', 5)).toBeGreaterThan(700);
  });

  it('an allowance ends with its window: what was not used is not saved up', async () => {
    const { replicas } = await setUp();
    const [first] = replicas;
    const { points, ms } = windowOf(200);
    const again = async (key: string) => {
      // Sends enough to be given some ahead, and leaves them.
      for (let request = 0; request < points / 2; request++) await first?.take(key, 200);
      await sleep(ms + 5);
      const begun = performance.now();
      const count = await admitted(replicas, points * 3, 200, key);
      return { count, isWithinWindow: performance.now() - begun < ms };
    };
    // On a busy machine so many take longer than a window, and the next one lets some through.
    const tries = [];
    do tries.push(await again(`key ${tries.length}`));
    while (!tries.at(-1)?.isWithinWindow && tries.length < 20);
    expect(tries.at(-1)).toEqual({ count: points, isWithinWindow: true });
  });

  it('goes by the clock of the database: a replica whose own is an hour ahead changes nothing', async () => {
    const { replicas } = await setUp();
    const [ahead, right] = replicas.map((replica) => [replica]);
    const askAhead = async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
      const count = await admitted(ahead ?? [], 3, 1);
      vi.useRealTimers();
      return count;
    };
    expect(await askAhead()).toBe(1);
    expect(await admitted(right ?? [], 3, 1)).toBe(0);
    expect(await askAhead()).toBe(0);
    await sleep(1_010);
    expect(await admitted(right ?? [], 3, 1)).toBe(1);
    expect(await askAhead()).toBe(0);
  });

  it("refuses nobody for longer when a replica's clock is set back by an hour", async () => {
    const { replicas } = await setUp();
    expect(await admitted(replicas, 6, 2)).toBe(2);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - HOUR_MS });
    expect(await admitted(replicas, 6, 2)).toBe(0);
    await sleep(1_010);
    expect(await admitted(replicas, 6, 2)).toBe(2);
  });

  it("clears by the clock of the database: a replica whose own is hours ahead takes no key's window", async () => {
    const { url, replicas } = await setUp();
    await admin(
      url,
      `INSERT INTO lpd.rate_limits VALUES ('ended', 1, extract(epoch FROM now() - interval '30 minutes') * 1000),
        ('old', 1, extract(epoch FROM now() - interval '2 hours') * 1000)`,
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * HOUR_MS });
    await replicas[0]?.take('a', 1);
    const rows = () => admin<{ key: string }>(url, 'SELECT key FROM lpd.rate_limits ORDER BY key');
    await expect.poll(async () => (await rows()).map(({ key }) => key)).toEqual(['a', 'clearing', 'ended']);
  });

  it('rows of windows that ended long ago are cleared, by one replica', async () => {
    const { url, replicas } = await setUp();
    const rows = async () =>
      (await admin<{ key: string }>(url, 'SELECT key FROM lpd.rate_limits ORDER BY key')).map(
        ({ key }) => key,
      );
    const old = (key: string) => admin(url, `INSERT INTO lpd.rate_limits VALUES ('${key}', 1, 1)`);
    await old('old');
    await replicas[0]?.take('a', 1);
    await expect.poll(rows).toEqual(['a', 'clearing']);
    await old('older');
    await admitted(replicas, REPLICAS, 1);
    await sleep(100);
    expect(await rows()).toContain('older');
  });
});

describe.skipIf(!CAN_CONNECT)('what rates cost in round trips', () => {
  it('hardly any in the common case: a thousand requests of a fast key', async () => {
    const { replicas, trips } = await setUp();
    const [replica] = replicas;
    // Twice of what is asked for below: all hundred and what follows them may be in one window.
    const qps = 2_000;
    for (let request = 0; request < 100; request++) await replica?.take('a', qps);
    const before = trips();
    let waited = 0;
    const started = performance.now();
    for (let request = 0; request < 1_000; request++) {
      const answer = replica?.take('a', qps);
      if (typeof answer !== 'number') waited++;
      if ((await answer) !== 0) throw new Error('refused');
      await sleep(1);
    }
    // Each window costs a few, and a busy machine takes more windows.
    const windows = 2 + (performance.now() - started) / 1_000;
    expect(waited).toBeLessThan(15 * windows);
    expect(trips() - before).toBeLessThan(30 * windows);
  });

  it('none for refusals', async () => {
    const { replicas, trips } = await setUp();
    await admitted(replicas, 100, 0.1);
    const before = trips();
    expect(await admitted(replicas, 1_000, 0.1)).toBe(0);
    expect(trips()).toBe(before);
  });

  it('one for all keys of a moment', async () => {
    const { replicas, trips } = await setUp();
    const [replica] = replicas;
    await replica?.take('first', 5);
    await sleep(50);
    const before = trips();
    const keys = Array.from({ length: 300 }, (_, at) => `key ${at}`);
    expect(await Promise.all(keys.map((key) => replica?.take(key, 5)))).toEqual(keys.map(() => 0));
    expect(trips() - before).toBeLessThanOrEqual(2);
  });
});

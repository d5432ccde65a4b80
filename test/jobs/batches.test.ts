/** Jobs on PostgreSQL besides what every store promises: how many batches wait, what was lost, who waits for whom. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MOST_WAITING } from '../../src/jobs/batch-statements.ts';
import { BATCHES, BOSS_SCHEMA, WEBHOOKS } from '../../src/jobs/boss.ts';
import { BATCH_ITEMS, type Batch } from '../../src/jobs/job.ts';
import { PostgresJobs } from '../../src/jobs/postgres.ts';
import { newKey } from '../../src/store/new-key.ts';
import { admin, CAN_CONNECT, HOW_TO_GET } from '../postgres.ts';
import { connect } from '../store/postgres/set-up.ts';
import { openDatabase } from './fleet.ts';
import { answers, HOLD_MS, places } from './suite-tools.ts';

const LARGE = 100_000;
const SMALL = 10;
async function setUp() {
  const { url, store, boss } = await openDatabase();
  const jobs = new PostgresJobs(store.database, boss, HOLD_MS);
  const createKey = async () => (await store.createKey(newKey({ name: randomUUID() }).key)).id;
  /** A job of any size, whose items are made where they are kept. */
  const send = async (keyId: string, items: number, webhook: string | null = null) => {
    const id = randomUUID();
    await jobs.create({ id, keyId, webhook, secret: webhook && 'secret' });
    await admin(
      url,
      `INSERT INTO lpd.job_items (job_id, no, url) SELECT '${id}', no, 'http://a/' || no FROM generate_series(1, ${items}) AS no;
      UPDATE lpd.jobs SET total = ${items} WHERE id = '${id}'`,
    );
    await jobs.open(id);
    return id;
  };
  const waiting = async () =>
    (await admin(url, `SELECT FROM ${BOSS_SCHEMA}.job WHERE name = '${BATCHES}' AND state < 'active'`))
      .length;
  const answer = async (batch: Batch) => {
    await jobs.record(answers(batch));
    await jobs.finish(batch);
  };
  /** Takes all there is, answers it, and gives the places that were handed out. */
  const drain = async () => {
    const taken: Batch[] = [];
    for (let batch = await jobs.claim([]); batch !== undefined; batch = await jobs.claim([])) {
      taken.push(batch);
      await answer(batch);
    }
    return places(taken);
  };
  return { url, boss, jobs, send, waiting, drain, answer, key: await createKey(), createKey };
}

const oneTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'batches in pg-boss' : HOW_TO_GET, () => {
  it('are few, however large the job is, so that taking one takes no longer', async () => {
    const { jobs, send, waiting, answer, key } = await setUp();
    const times = { small: [] as number[], large: [] as number[] };
    const take = async (into: number[]) => {
      const from = performance.now();
      const batch = await jobs.claim([]);
      into.push(performance.now() - from);
      await answer(batch!);
    };
    await send(key, 50 * BATCH_ITEMS);
    for (let i = 0; i < 50; i++) await take(times.small);
    await send(key, LARGE);
    for (let i = 0; i < 50; i++) await take(times.large);
    expect(await waiting()).toBe(MOST_WAITING);
    expect(median(times.large) / median(times.small)).toBeLessThan(3);
  });

  it('of ten items come before the next of a hundred thousand, whoever was first', async () => {
    const { jobs, send, answer, key, createKey } = await setUp();
    await send(key, LARGE);
    const other = await createKey();
    for (let round = 0; round < 5; round++) {
      await answer((await jobs.claim([]))!);
      const id = await send(other, SMALL);
      const next = [(await jobs.claim([]))!, (await jobs.claim([]))!];
      expect(next.map(({ jobId }) => jobId)).toContain(id);
      for (const batch of next) await answer(batch);
    }
  });

  it('that failed keep nobody waiting, and nobody them', async () => {
    const { url, jobs, send, key, createKey } = await setUp();
    const other = await createKey();
    await send(key, 100 * BATCH_ITEMS);
    for (let i = 0; i < 40; i++) {
      const batch = (await jobs.claim([]))!;
      const [first, last] = [batch.items[0]!.no, batch.items.at(-1)!.no];
      await jobs.putBack(batch, [{ first, last, attempt: 1, inMs: 60_000 }]);
    }
    await admin(url, `UPDATE ${BOSS_SCHEMA}.job SET start_after = now()`);
    await send(other, 100 * BATCH_ITEMS);
    const taken: Batch[] = [];
    for (let i = 0; i < 40; i++) taken.push((await jobs.claim([]))!);
    expect(taken.filter(({ keyId }) => keyId === other).length).toBeGreaterThan(15);
    expect(taken.filter(({ attempt }) => attempt === 1).length).toBeGreaterThan(15);
  });

  it('of a cancelled job are gone from the queue with the next look', async () => {
    const { jobs, send, waiting, key } = await setUp();
    const id = await send(key, LARGE);
    await jobs.cancel(id, key);
    expect(await jobs.claim([])).toBeUndefined();
    expect(await waiting()).toBe(0);
  });

  it('whose time ran out while they were put back are left to whoever gets them', async () => {
    const { url, boss, jobs, send, waiting, key } = await setUp();
    await send(key, BATCH_ITEMS);
    const held = (await jobs.claim([]))!;
    // Maintenance is at it, and done a moment later.
    const other = await connect(url);
    await other.query(`BEGIN; UPDATE ${BOSS_SCHEMA}.job SET started_on = started_on - interval '1 hour'`);
    const putBack = jobs.putBack(held, [{ first: 1, last: BATCH_ITEMS, attempt: 1, inMs: 0 }]);
    await sleep(200);
    await other.query(
      `WITH gone AS (DELETE FROM ${BOSS_SCHEMA}.job RETURNING *)
      INSERT INTO ${BOSS_SCHEMA}.job (id, name, data, state, retry_count, retry_limit, started_on, singleton_key, expire_in)
      SELECT id, name, data, 'retry', retry_count, retry_limit, started_on, singleton_key, expire_in FROM gone; COMMIT`,
    );
    await putBack;
    await boss.expire();
    expect(await waiting()).toBe(1);
    expect(await jobs.claim([])).toMatchObject({ attempt: 0, claims: 2 });
  });

  it('come back when the queue was emptied by hand', async () => {
    const { url, jobs, send, drain, answer, key } = await setUp();
    await send(key, 10 * BATCH_ITEMS);
    const held = (await jobs.claim([]))!;
    await answer((await jobs.claim([]))!);
    await admin(url, `DELETE FROM ${BOSS_SCHEMA}.job`);
    expect(await jobs.claim([])).toBeUndefined();
    await jobs.sweep();
    // What is not dealt yet first, then what was.
    const places = await drain();
    await jobs.sweep();
    expect([...places, ...(await drain())].length).toBe(9 * BATCH_ITEMS);
    expect(await jobs.find(held.jobId, key)).toMatchObject({ state: 'done' });
  });

  it('that a release without pg-boss left in its own table are carried over, webhooks too', async () => {
    const { url, jobs, send, drain, key } = await setUp();
    const id = await send(key, 50, 'http://a/hook');
    await admin(url, `DELETE FROM ${BOSS_SCHEMA}.job`);
    // It had dealt 32 items, answered one of them, and was stopped a while ago; another such process is still alive.
    await admin(
      url,
      `UPDATE lpd.jobs SET dealt = 32, started_at = now() WHERE id = '${id}';
      INSERT INTO lpd.job_batches (job_id, first, last, attempt, claims, due_at) VALUES ('${id}', 1, 32, 0, 1, now())`,
    );
    await jobs.sweep();
    expect(await drain()).toEqual(oneTo(50).slice(32));
    await jobs.sweep();
    expect(await drain()).toEqual([]);
    await admin(url, "UPDATE lpd.job_batches SET due_at = due_at - interval '2 minutes'");
    await jobs.sweep();
    expect(await drain()).toEqual(oneTo(32));
    expect(await jobs.find(id, key)).toMatchObject({ state: 'done', answered: 50 });

    await admin(
      url,
      `DELETE FROM ${BOSS_SCHEMA}.job WHERE name = '${WEBHOOKS}';
      UPDATE lpd.jobs SET notify_at = now() - interval '2 minutes', notify_attempts = 1`,
    );
    expect(await jobs.claimNotice([])).toBeUndefined();
    await jobs.sweep();
    expect(await jobs.claimNotice([])).toMatchObject({ url: 'http://a/hook', attempt: 1, job: { id } });
    await jobs.sweep();
    expect(await jobs.claimNotice([])).toBeUndefined();
  });

  it('are answered for two keys without waiting in a ring for whoever counts for both', async () => {
    const { url, jobs, send, key, createKey } = await setUp();
    for (const keyId of [key, await createKey()]) await send(keyId, 1);
    const batches = [(await jobs.claim([]))!, (await jobs.claim([]))!];
    const sorted = batches.sort((a, b) => (a.jobId < b.jobId ? -1 : 1));
    const count = (keyId: string) =>
      `INSERT INTO lpd.usage AS u VALUES ('${keyId}', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'pass', 1)
      ON CONFLICT (key_id, day, verdict) DO UPDATE SET count = u.count + 1`;
    const other = await connect(url);
    await other.query(`BEGIN; ${count(sorted[1]!.keyId)}`);
    const recorded = jobs.record(sorted.flatMap((batch) => answers(batch)));
    await sleep(200);
    await other.query(count(sorted[0]!.keyId));
    await other.query('COMMIT');
    await recorded;
    for (const { jobId, keyId } of sorted)
      expect(await jobs.find(jobId, keyId)).toMatchObject({ state: 'done' });
  });

  it('are removed with their job to the last row by many processes at a time', async () => {
    const { url, jobs, send, key } = await setUp();
    const id = await send(key, 30_000);
    await jobs.cancel(id, key);
    await admin(url, "UPDATE lpd.jobs SET ended_at = now() - interval '8 days'");
    const process = async () => {
      // Some rounds find the job with another process; a thousand rows go in each of the others.
      for (let round = 0; round < 300 && (await jobs.find(id, key)); round++) await jobs.sweep();
    };
    await Promise.all([process(), process(), process()]);
    expect(await jobs.find(id, key)).toBeUndefined();
    expect(await admin(url, 'SELECT FROM lpd.job_items')).toHaveLength(0);
  });
});

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'webhooks in pg-boss' : HOW_TO_GET, () => {
  it('are let be by one who took so long that another has them', async () => {
    const { url, boss, jobs, send, answer, key } = await setUp();
    await send(key, 1, 'http://a/hook');
    await answer((await jobs.claim([]))!);
    const late = (await jobs.claimNotice([]))!;
    await admin(url, `UPDATE ${BOSS_SCHEMA}.job SET started_on = started_on - interval '1 hour'`);
    await boss.expire();
    const other = (await jobs.claimNotice([]))!;
    await jobs.endNotice(late, 0);
    expect(await jobs.claimNotice([])).toBeUndefined();
    await jobs.endNotice(other, 0);
    expect(await jobs.claimNotice([])).toMatchObject({ attempt: 2 });
  });
});

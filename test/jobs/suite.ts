/** What every store of jobs promises. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  type Answer,
  BATCH_ITEMS,
  type Batch,
  type ItemResult,
  MOST_OPEN_JOBS,
  type Notice,
  type Part,
} from '../../src/jobs/job.ts';
import type { JobStore } from '../../src/jobs/store.ts';
import { newKey } from '../../src/store/new-key.ts';
import type { Store } from '../../src/store/store.ts';

/** A store of jobs to be tested. */
export interface Subject {
  readonly store: Store;
  readonly jobs: JobStore;
  /** As if so many ms had passed. */
  readonly pass: (ms: number) => Promise<void>;
}

const PASS: ItemResult = {
  pass: true,
  reason: null,
  advice: [],
  image: { format: 'png', width: 1, height: 1, bytes: 1 },
  faces: 1,
};
const FAIL: ItemResult = { ...PASS, pass: false, reason: 'face.none' };
const ERROR: ItemResult = { error: { code: 'download.timeout', message: 'Too slow.' } };
const HOUR_MS = 3_600_000;
/** How long a batch stays with a process, in these tests, in ms. */
export const HOLD_MS = 30_000;

/** Declares the tests. @param open gives an empty store, closed after the running test */
export function describeJobStore(open: () => Promise<Subject>): void {
  async function setUp() {
    const subject = await open();
    const { store, jobs } = subject;
    const createKey = async (quota: number | null = null) =>
      await store.createKey(newKey({ name: randomUUID(), quota }).key);
    const send = async (keyId: string, items: number, webhook: string | null = null) => {
      const id = randomUUID();
      await jobs.create({ id, keyId, webhook, secret: webhook && 'secret' });
      for (let from = 0; from < items; from += 100) {
        const chunk = Array.from({ length: Math.min(100, items - from) }, (_, i) => from + i);
        await jobs.append(
          id,
          chunk.map((i) => ({ url: `http://a/${i}`, name: i === 0 ? 'first' : null })),
        );
      }
      await jobs.open(id);
      return id;
    };
    const counted = async (keyId: string) =>
      (await store.usage({ keyId })).reduce((sum, { count }) => sum + count, 0);
    return { ...subject, createKey, send, counted, key: await createKey() };
  }

  const claimed = async (jobs: JobStore, except: readonly string[] = []): Promise<Batch> => {
    const batch = await jobs.claim(except);
    if (batch === undefined) throw new Error('There is nothing to do.');
    return batch;
  };
  const claimedNotice = async (jobs: JobStore): Promise<Notice> => {
    const notice = await jobs.claimNotice();
    if (notice === undefined) throw new Error('There is no webhook to be called.');
    return notice;
  };
  /** All of a batch, as one part. */
  const whole = ({ items }: Batch, attempt: number, inMs: number): Part => {
    const places = items.map(({ no }) => no);
    return { first: Math.min(...places), last: Math.max(...places), attempt, inMs };
  };
  const places = (batches: readonly Batch[]) =>
    batches.flatMap(({ items }) => items.map(({ no }) => no)).sort((a, b) => a - b);
  const answers = ({ jobId, items }: Batch, result: ItemResult = PASS): Answer[] =>
    items.map(({ no }) => ({ jobId, no, result }));

  it('hands out every item once, and ends with the last answer', async () => {
    const { jobs, send, key, counted } = await setUp();
    const total = BATCH_ITEMS + 5;
    const id = await send(key.id, total);
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'open', total, startedAt: null });
    expect(await jobs.depth()).toBe(total);
    const batches = [await claimed(jobs), await claimed(jobs)];
    expect(await jobs.claim([])).toBeUndefined();
    expect(places(batches)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    expect(batches[0]?.items[0]).toEqual({ no: 1, url: 'http://a/0' });
    expect((await jobs.find(id, key.id))?.startedAt).toEqual(expect.any(String));
    for (const batch of batches) {
      await jobs.record(answers(batch));
      await jobs.finish(batch);
    }
    expect(await jobs.depth()).toBe(0);
    const job = await jobs.find(id, key.id);
    expect(job).toMatchObject({ state: 'done', answered: total });
    expect(job?.counts).toEqual([{ outcome: 'pass', token: '', count: total }]);
    expect(job?.endedAt).toEqual(expect.any(String));
    expect(await counted(key.id)).toBe(total);
  });

  it('records an item once, however often it is answered', async () => {
    const { jobs, send, key, counted } = await setUp();
    const id = await send(key.id, 3);
    const batch = await claimed(jobs);
    const [one, two, three] = answers(batch) as [Answer, Answer, Answer];
    await jobs.record([one, two, { ...one, result: FAIL }]);
    await Promise.all([
      jobs.record([two, { ...three, result: FAIL }]),
      jobs.record([{ ...three, result: FAIL }]),
    ]);
    const lines = await jobs.results(id, 0, 10);
    expect(lines.map(({ cursor }) => cursor)).toEqual([1, 2, 3]);
    expect(lines.map(({ no }) => no).sort()).toEqual([1, 2, 3]);
    expect(await counted(key.id)).toBe(3);
    expect(await jobs.results(id, 2, 10)).toEqual(lines.slice(2));
    expect(await jobs.results(id, 0, 1)).toEqual(lines.slice(0, 1));
    expect(lines.find(({ no }) => no === 1)).toMatchObject({ url: 'http://a/0', name: 'first' });
  });

  it('counts verdicts in the books, and errors not', async () => {
    const { jobs, send, key, counted } = await setUp();
    const id = await send(key.id, 3);
    const [one, two, three] = answers(await claimed(jobs)) as [Answer, Answer, Answer];
    await jobs.record([one, { ...two, result: FAIL }, { ...three, result: ERROR }]);
    expect((await jobs.find(id, key.id))?.counts).toEqual([
      { outcome: 'error', token: 'download.timeout', count: 1 },
      { outcome: 'fail', token: 'face.none', count: 1 },
      { outcome: 'pass', token: '', count: 1 },
    ]);
    expect(await counted(key.id)).toBe(2);
  });

  it('hands out every item once to many at a time', async () => {
    const { jobs, send, key } = await setUp();
    const total = 12 * BATCH_ITEMS + 1;
    await send(key.id, total);
    const batches: Batch[] = [];
    const worker = async () => {
      // One that looks while others are taking may see nothing.
      for (let misses = 0; misses < 5; ) {
        const batch = await jobs.claim([]);
        if (batch === undefined) misses++;
        else batches.push(batch);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    expect(places(batches)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
  });

  it('hands out again what a process held that died, without what was answered; it is lost to its holder', async () => {
    const { jobs, send, key, pass } = await setUp();
    await send(key.id, 3);
    const lost = await claimed(jobs);
    await jobs.record(answers(lost).slice(0, 1));
    await pass(HOLD_MS - 5_000);
    expect(await jobs.claim([])).toBeUndefined();
    await pass(6_000);
    const again = await claimed(jobs);
    expect(again).toMatchObject({ claims: 2, attempt: 0 });
    expect(places([again])).toEqual([2, 3]);
    // The one that was taken for dead comes back.
    await jobs.putBack(lost, [whole(lost, 1, 0)]);
    await pass(HOUR_MS);
    expect((await claimed(jobs)).claims).toBe(3);
  });

  it('tells how many processes died over a batch, whoever was passed over meanwhile', async () => {
    const { jobs, send, key, createKey, pass } = await setUp();
    const other = await createKey();
    await send(key.id, 1);
    for (let deaths = 0; deaths < 12; deaths++) {
      expect((await claimed(jobs)).claims).toBe(deaths + 1);
      await pass(HOUR_MS);
    }
    await send(other.id, 1);
    expect((await claimed(jobs, [key.id])).keyId).toBe(other.id);
    expect((await claimed(jobs)).claims).toBe(13);
  });

  it('hands out what was put back, in its parts, when they are due', async () => {
    const { jobs, send, key, pass } = await setUp();
    await send(key.id, 6);
    const batch = await claimed(jobs);
    await jobs.record(answers(batch).slice(1, 2));
    await jobs.putBack(batch, [
      { first: 1, last: 3, attempt: 1, inMs: 60_000 },
      { first: 4, last: 6, attempt: 0, inMs: 0 },
    ]);
    const rest = await claimed(jobs);
    expect(rest).toMatchObject({ attempt: 0, claims: 1 });
    expect(places([rest])).toEqual([4, 5, 6]);
    await jobs.record(answers(rest));
    await jobs.finish(rest);
    expect(await jobs.claim([])).toBeUndefined();
    await pass(61_000);
    const again = await claimed(jobs);
    expect(again).toMatchObject({ attempt: 1, claims: 1 });
    expect(places([again])).toEqual([1, 3]);
    await jobs.record(answers(again));
    await jobs.finish(again);
    await pass(HOUR_MS);
    expect(await jobs.claim([])).toBeUndefined();
  });

  it('lets a newcomer in at once, takes turns among keys and among their jobs', async () => {
    const { jobs, send, key, createKey } = await setUp();
    const other = await createKey();
    const large = await send(key.id, 40 * BATCH_ITEMS);
    expect((await claimed(jobs)).jobId).toBe(large);
    const second = await send(key.id, 10 * BATCH_ITEMS);
    const small = await send(other.id, 2 * BATCH_ITEMS);
    const order: string[] = [];
    for (let i = 0; i < 20; i++) order.push((await claimed(jobs)).jobId);
    const turns = (id: string) => order.flatMap((job, at) => (job === id ? [at] : []));
    expect(turns(small)[0]).toBeLessThan(2);
    expect(turns(small)[1]).toBeLessThan(8);
    expect(turns(second)[0]).toBeLessThan(8);
    expect(turns(second).length).toBeGreaterThan(6);
    expect(turns(large).length).toBeGreaterThan(6);
  });

  it('passes over keys that it is told to, and loses nothing of theirs', async () => {
    const { jobs, send, key, createKey } = await setUp();
    const other = await createKey();
    const mine = 6 * BATCH_ITEMS;
    const theirs = 2 * BATCH_ITEMS;
    await send(key.id, mine);
    await send(other.id, theirs);
    for (let i = 0; i < 2; i++) expect((await claimed(jobs, [key.id])).keyId).toBe(other.id);
    expect(await jobs.claim([key.id])).toBeUndefined();
    expect(await jobs.claim([key.id, other.id])).toBeUndefined();
    const batches: Batch[] = [];
    for (let i = 0; i < mine / BATCH_ITEMS; i++) batches.push(await claimed(jobs, [other.id]));
    expect(places(batches)).toEqual(Array.from({ length: mine }, (_, i) => i + 1));
    expect(await jobs.claim([])).toBeUndefined();
  });

  it('holds a quota', async () => {
    const { jobs, send, createKey, counted } = await setUp();
    const key = await createKey(2);
    const id = await send(key.id, 5);
    const batch = await claimed(jobs);
    expect(batch.quota).toBe(2);
    for (const answer of answers(batch)) {
      const image = await jobs.reserve({ id: key.id, quota: 2 });
      if (image === undefined) continue;
      await jobs.record([answer]);
      image.release();
    }
    expect(await jobs.find(id, key.id)).toMatchObject({ answered: 2 });
    expect(await counted(key.id)).toBe(2);
  });

  it('shows a job to its own key only', async () => {
    const { jobs, send, key, createKey } = await setUp();
    const other = await createKey();
    const id = await send(key.id, 1);
    expect(await jobs.find(id, other.id)).toBeUndefined();
    expect(await jobs.cancel(id, other.id)).toBeUndefined();
    expect(await jobs.find('no such job', key.id)).toBeUndefined();
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'open' });
  });

  it('takes no answer of a job that was cancelled', async () => {
    const { jobs, send, key, counted } = await setUp();
    const id = await send(key.id, 20 * BATCH_ITEMS);
    const batch = await claimed(jobs);
    expect(await jobs.cancel(id, key.id)).toMatchObject({ state: 'cancelled', endedAt: expect.any(String) });
    await jobs.record(answers(batch));
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'cancelled', answered: 0 });
    expect([await counted(key.id), await jobs.claim([])]).toEqual([0, undefined]);
  });

  it('ends the jobs of a key that is revoked', async () => {
    const { jobs, send, key, store } = await setUp();
    const id = await send(key.id, 1);
    await store.revokeKey(key.id);
    await jobs.sweep();
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'cancelled' });
  });

  it('holds a webhook to be called once the job is done, until somebody is done with it', async () => {
    const { jobs, send, key, pass } = await setUp();
    const id = await send(key.id, 1, 'http://a/hook');
    expect(await jobs.claimNotice()).toBeUndefined();
    await jobs.record(answers(await claimed(jobs)));
    const notice = await claimedNotice(jobs);
    expect(notice).toMatchObject({
      url: 'http://a/hook',
      secret: 'secret',
      attempt: 0,
      job: { id, state: 'done', answered: 1 },
    });
    expect(await jobs.claimNotice()).toBeUndefined();
    await jobs.endNotice(notice, 60_000);
    expect(await jobs.claimNotice()).toBeUndefined();
    await pass(61_000);
    expect(await jobs.claimNotice()).toMatchObject({ attempt: 1 });
    // Whoever had it died.
    await pass(HOUR_MS);
    const last = await claimedNotice(jobs);
    expect(last).toMatchObject({ attempt: 2 });
    await jobs.endNotice(last, null);
    await pass(HOUR_MS);
    expect(await jobs.claimNotice()).toBeUndefined();
  });

  it('forgets what nobody keeps: jobs that ended a week ago, uploads that broke off', async () => {
    const { jobs, send, key, pass } = await setUp();
    const old = await send(key.id, 3);
    await jobs.record(answers(await claimed(jobs)));
    await jobs.create({ id: 'broken', keyId: key.id, webhook: null, secret: null });
    await jobs.append('broken', [{ url: 'http://a/', name: null }]);
    await jobs.discard('broken');
    while (await jobs.sweep());
    expect(await jobs.find('broken', key.id)).toBeUndefined();
    expect(await jobs.results(old, 0, 10)).toHaveLength(3);
    await pass(8 * 24 * HOUR_MS);
    while (await jobs.sweep());
    expect([await jobs.find(old, key.id), await jobs.results(old, 0, 10)]).toEqual([undefined, []]);
  });

  it('keeps a key from having more jobs than it may', async () => {
    const { jobs, key } = await setUp();
    const create = () => jobs.create({ id: randomUUID(), keyId: key.id, webhook: null, secret: null });
    for (let i = 0; i < MOST_OPEN_JOBS; i++) await create();
    await expect(create()).rejects.toMatchObject({ code: 'job.too_many' });
  });
}

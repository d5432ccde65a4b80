/** What every store of jobs promises. */

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Answer, BATCH_ITEMS, MOST_OPEN_JOBS } from '../../src/jobs/job.ts';
import { newKey } from '../../src/store/new-key.ts';
import { describeBatches } from './batch-suite.ts';
import {
  answers,
  claimed,
  claimedNotice,
  ERROR,
  FAIL,
  HOUR_MS,
  type Limits,
  type Open,
  places,
  setUpJobs,
} from './suite-tools.ts';

/** Declares the tests. */
export function describeJobStore(open: Open): void {
  const setUp = (limits?: Limits) => setUpJobs(open, limits);

  describe('batches', () => describeBatches(open));

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

  it('keeps the generator that a job is for, and hands it out with its items', async () => {
    const { jobs, key } = await setUp();
    for (const generator of ['hallo', null]) {
      const id = randomUUID();
      await jobs.create({ id, keyId: key.id, webhook: null, secret: null, generator });
      await jobs.append(id, [{ url: 'http://a/', name: null }]);
      await jobs.open(id);
      expect(await jobs.find(id, key.id)).toMatchObject({ generator });
      const batch = await claimed(jobs);
      expect(batch).toMatchObject({ jobId: id, generator });
      await jobs.record(answers(batch));
      await jobs.finish(batch);
    }
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

  it('forgets a job that has ended, for its own key, with its webhook', async () => {
    const { jobs, send, key, createKey, counted } = await setUp();
    const id = await send(key.id, 1, 'http://a/hook');
    expect(await jobs.forget(id, key.id)).toBe(false);
    await jobs.record(answers(await claimed(jobs)));
    expect(await jobs.forget(id, (await createKey()).id)).toBe(false);
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'done' });
    expect(await jobs.forget(id, key.id)).toBe(true);
    expect([await jobs.find(id, key.id), await jobs.forget(id, key.id)]).toEqual([undefined, false]);
    expect(await jobs.claimNotice([])).toBeUndefined();
    while (await jobs.sweep());
    expect(await jobs.results(id, 0, 10)).toEqual([]);
    expect(await counted(key.id)).toBe(1);
  });

  it('ends the jobs of a key that is revoked', async () => {
    const { jobs, send, key, store } = await setUp();
    const id = await send(key.id, 1);
    await store.revokeKey(key.id);
    await jobs.sweep();
    expect(await jobs.find(id, key.id)).toMatchObject({ state: 'cancelled' });
  });

  it('ends the jobs of a key that is over', async () => {
    const { jobs, send, store } = await setUp();
    const brief = await store.createKey(newKey({ name: 'brief', expiresAt: '2020-01-01T00:00:00Z' }).key);
    const id = await send(brief.id, 1);
    await jobs.sweep();
    expect(await jobs.find(id, brief.id)).toMatchObject({ state: 'cancelled' });
  });

  it('holds a webhook to be called once the job is done, until somebody is done with it', async () => {
    const { jobs, send, key, pass } = await setUp();
    const id = await send(key.id, 1, 'http://a/hook');
    expect(await jobs.claimNotice([])).toBeUndefined();
    await jobs.record(answers(await claimed(jobs)));
    const notice = await claimedNotice(jobs);
    expect(notice).toMatchObject({
      url: 'http://a/hook',
      secret: 'secret',
      attempt: 0,
      job: { id, state: 'done', answered: 1 },
    });
    expect(await jobs.claimNotice([])).toBeUndefined();
    await jobs.endNotice(notice, 60_000);
    expect(await jobs.claimNotice([])).toBeUndefined();
    await pass(61_000);
    expect(await jobs.claimNotice([])).toMatchObject({ attempt: 1 });
    // Whoever had it died.
    await pass(HOUR_MS);
    const last = await claimedNotice(jobs);
    expect(last).toMatchObject({ attempt: 2 });
    await jobs.endNotice(last, null);
    await pass(HOUR_MS);
    expect(await jobs.claimNotice([])).toBeUndefined();
  });

  it('calls no webhook of a job that was forgotten while it was called', async () => {
    const { jobs, send, key } = await setUp();
    const id = await send(key.id, 1, 'http://a/hook');
    await jobs.record(answers(await claimed(jobs)));
    const notice = await claimedNotice(jobs);
    expect(await jobs.forget(id, key.id)).toBe(true);
    await jobs.endNotice(notice, 0);
    expect(await jobs.claimNotice([])).toBeUndefined();
  });

  it('passes over the webhooks of keys that are not to be served now, and keeps them', async () => {
    const { jobs, send, key, createKey } = await setUp();
    const other = (await createKey()).id;
    for (const keyId of [key.id, key.id, other]) await send(keyId, 1, 'http://a/hook');
    for (let count = 0; count < 3; count++) await jobs.record(answers(await claimed(jobs)));
    const notice = await jobs.claimNotice([key.id]);
    expect(notice).toMatchObject({ job: { keyId: other } });
    expect(await jobs.claimNotice([key.id])).toBeUndefined();
    for (let count = 0; count < 2; count++)
      expect(await jobs.claimNotice([other])).toMatchObject({ attempt: 0, job: { keyId: key.id } });
    expect(await jobs.claimNotice([])).toBeUndefined();
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

  it('keeps a key within its bytes, and gives back those of items that were cancelled without a result', async () => {
    // Two jobs of 64 such items take 135,000.
    const { jobs, send, key, createKey } = await setUp({ keyBytes: 140_000 });
    const other = await createKey();
    const first = await send(key.id, 64);
    await send(key.id, 64);
    const refused = () => expect(send(key.id, 12)).rejects.toMatchObject({ code: 'job.bytes' });
    await refused();
    await send(other.id, 64);
    const batch = await claimed(jobs, [other.id]);
    expect(batch.jobId).toBe(first);
    await jobs.record(answers(batch));
    await jobs.cancel(first, key.id);
    while (await jobs.sweep());
    expect(await jobs.results(first, 0, 100)).toHaveLength(BATCH_ITEMS);
    // 48 of its items are gone.
    await send(key.id, 40);
    await refused();
    const long = { url: `http://a/${'x'.repeat(3_000)}`, name: null };
    await expect(jobs.append(first, Array(8).fill(long))).rejects.toMatchObject({ code: 'job.bytes' });
  });

  it('keeps a key from having more jobs than it may', async () => {
    const { jobs, key } = await setUp();
    const create = () => jobs.create({ id: randomUUID(), keyId: key.id, webhook: null, secret: null });
    for (let i = 0; i < MOST_OPEN_JOBS; i++) await create();
    await expect(create()).rejects.toMatchObject({ code: 'job.too_many' });
  });
}

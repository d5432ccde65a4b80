/** What every store of jobs promises of the batches that it hands out. */
import { expect, it } from 'vitest';
import { BATCH_ITEMS, type Batch } from '../../src/jobs/job.ts';
import { answers, claimed, HOLD_MS, HOUR_MS, places, type Subject, setUpJobs, whole } from './suite-tools.ts';

/** Declares the tests. @param open gives an empty store, closed after the running test */
export function describeBatches(open: () => Promise<Subject>): void {
  const setUp = () => setUpJobs(open);

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
}

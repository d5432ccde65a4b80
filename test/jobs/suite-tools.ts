/** What the tests of every store of jobs need. */
import { randomUUID } from 'node:crypto';
import type { Answer, Batch, Notice, Part } from '../../src/jobs/job.ts';
import type { JobStore } from '../../src/jobs/store.ts';
import { newKey } from '../../src/store/new-key.ts';
import type { Store } from '../../src/store/store.ts';
import type { ItemResult } from '../../src/wire/job.ts';

/** A store of jobs to be tested. */
export interface Subject {
  readonly store: Store;
  readonly jobs: JobStore;
  /** As if so many ms had passed. */
  readonly pass: (ms: number) => Promise<void>;
}

/** What a key may have in it. */
export interface Limits {
  /** Bytes of jobs and their results. */
  readonly keyBytes?: number;
}

/** Gives an empty store, closed after the running test. */
export type Open = (limits?: Limits) => Promise<Subject>;

/** Results of each kind. */
export const PASS: ItemResult = {
  pass: true,
  reason: null,
  advice: [],
  image: { format: 'png', width: 1, height: 1, bytes: 1 },
  faces: 1,
};
export const FAIL: ItemResult = { ...PASS, pass: false, reason: 'face.none' };
export const ERROR: ItemResult = { error: { code: 'download.timeout', message: 'Too slow.' } };
/** Longer than anything is held, in ms. */
export const HOUR_MS = 3_600_000;
/** How long a batch stays with a process, in these tests, in ms. */
export const HOLD_MS = 30_000;

/** A store with a key, and ways to make more of both. */
export async function setUpJobs(open: Open, limits: Limits = {}) {
  const subject = await open(limits);
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

/** The next batch. */
export const claimed = async (jobs: JobStore, except: readonly string[] = []): Promise<Batch> => {
  const batch = await jobs.claim(except);
  if (batch === undefined) throw new Error('There is nothing to do.');
  return batch;
};
/** The next webhook. */
export const claimedNotice = async (jobs: JobStore): Promise<Notice> => {
  const notice = await jobs.claimNotice([]);
  if (notice === undefined) throw new Error('There is no webhook to be called.');
  return notice;
};
/** All of a batch, as one part. */
export const whole = ({ items }: Batch, attempt: number, inMs: number): Part => {
  const numbers = items.map(({ no }) => no);
  return { first: Math.min(...numbers), last: Math.max(...numbers), attempt, inMs };
};
/** Where in their job the items of batches are. */
export const places = (batches: readonly Batch[]) =>
  batches.flatMap(({ items }) => items.map(({ no }) => no)).sort((a, b) => a - b);
/** An answer to each item of a batch. */
export const answers = ({ jobId, items }: Batch, result: ItemResult = PASS): Answer[] =>
  items.map(({ no }) => ({ jobId, no, result }));

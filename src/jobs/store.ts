/**
 * What every backend of jobs offers: `sqlite.ts` for one machine, `postgres.ts` for a fleet.
 *
 * An item's result, its place among the results, the job's progress and the image in the books are one transaction, so
 * that a `kill -9` at any moment leaves all of them or none. Items are handed out in batches, each for a known time (see
 * `holdMs`): what a dead process held comes free by itself. Work may so be done twice, but a result is only ever written
 * once.
 *
 * Keys take turns: a newcomer's ten items wait for some batches of everyone else's, not for their million.
 */
import type { ApiKey, Reservation } from '../store/store.ts';
import type { Answer, Batch, Job, NewItem, NewJob, Notice, Part, ResultLine } from './job.ts';

/** An image of a quota, while it is inspected. */
export type SetAside = Pick<Reservation, 'release'>;

/** Jobs and their queue. All methods reject with DetectError `store.unavailable` when the database cannot be used. */
export interface JobStore {
  /**
   * Makes a job, without items, that is not yet worked on.
   *
   * @throws DetectError `job.too_many` when the key has its fill of jobs that have not ended, `job.bytes` when it has its
   *   fill of bytes, `job.disk_full`
   */
  create(job: NewJob): Promise<void>;
  /**
   * Appends items to a job that is receiving.
   *
   * @throws DetectError `job.bytes`, `job.disk_full`
   */
  append(jobId: string, items: readonly NewItem[]): Promise<void>;
  /** Opens a job for work: it has all its items. */
  open(jobId: string): Promise<void>;
  /** Removes a job whose items did not all arrive. */
  discard(jobId: string): Promise<void>;

  /** A job of this key; undefined when there is none, or it is another key's. */
  find(jobId: string, keyId: string): Promise<Job | undefined>;
  /**
   * Ends a job before its time. What was answered stays, and the next sweeps remove all other items; a job that has ended
   * already is left as it is.
   *
   * @returns the job, or undefined when the key has none of that id
   */
  cancel(jobId: string, keyId: string): Promise<Job | undefined>;
  /**
   * Forgets a job that has ended: it is not found any longer, and the next sweeps remove all that there is of it.
   *
   * @returns whether the key had such a job
   */
  forget(jobId: string, keyId: string): Promise<boolean>;
  /** Results in the order in which they came: those behind the cursor, as many as `limit`; 0 is the beginning. */
  results(jobId: string, after: number, limit: number): Promise<readonly ResultLine[]>;

  /**
   * Takes up the next batch.
   *
   * @param except keys that are not to be served now
   * @returns undefined when there is nothing to do
   */
  claim(except: readonly string[]): Promise<Batch | undefined>;
  /**
   * Sets one image of the key's quota aside, until its answer is recorded.
   *
   * @returns undefined when the quota is used up
   */
  reserve(key: Pick<ApiKey, 'id' | 'quota'>): Promise<SetAside | undefined>;
  /**
   * Writes results, and counts those with a verdict in the books, once each: items that have a result already, and
   * those of jobs that have ended, are passed over. A job ends with its last item. Where this rejects, some may be
   * written: it can be called again with all of them.
   */
  record(answers: readonly Answer[]): Promise<void>;
  /** Takes a batch off the queue: all its items have their results. */
  finish(batch: Batch): Promise<void>;
  /** Puts what has no result back, as batches of their own; one that was lost to another process is left alone. */
  putBack(batch: Batch, parts: readonly Part[]): Promise<void>;

  /**
   * Takes up the next webhook.
   *
   * @param except keys that are not to be served now
   */
  claimNotice(except: readonly string[]): Promise<Notice | undefined>;
  /** Is done with a webhook: for good, or to try again in so many ms. */
  endNotice(notice: Notice, retryInMs: number | null): Promise<void>;

  /** How many items of all open jobs have no result yet. */
  depth(): Promise<number>;
  /**
   * Ends the jobs of keys that were revoked or are over, mends what was lost, and removes some of what is not kept any longer, or was cancelled.
   *
   * @returns whether there is more to remove
   */
  sweep(): Promise<boolean>;
  /** Lets go of the database. Calls after it reject. */
  close(): Promise<void>;
}

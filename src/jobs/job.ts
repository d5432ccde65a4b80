/** Types and limits of jobs: many addresses, inspected in the background, each answered exactly once. */
import type { ItemResult } from '../wire/job.ts';

/** Most items of one job. */
export const MOST_ITEMS = 1_000_000;
/** Most jobs of one key that have not ended. */
export const MOST_OPEN_JOBS = 100;
/** How long a job and its results are kept after its end, in ms: a week. */
export const KEPT_MS = 7 * 24 * 3_600_000;
/** How long after its beginning an upload that did not end counts as abandoned, in ms. */
export const ABANDONED_MS = 3_600_000;
/** Rows of one table that are removed in one transaction: one large deletion would hold everything else up. */
export const SLICE_ROWS = 1_000;

/** Items of one batch: enough to make the bookkeeping cheap, few enough that a newcomer's turn comes soon. */
export const BATCH_ITEMS = 16;
/**
 * How long a process starts items of a batch, in ms; what it could not start by then goes back. So a batch is held for a
 * time that is known beforehand, and whoever died over one is found out soon, with no sign of life to be given.
 */
export const TURN_MS = 10_000;
/** How long the answers to the last items of a turn may take to be written, in ms; generous, for a stalled database. */
const SETTLING_MS = 10_000;
/** How long a webhook is held, in ms: its call (see `WEBHOOK_MS`), and what is written after it. */
export const NOTICE_HOLD_MS = 20_000;

/**
 * What a job is at: `receiving` its items, `open` for work, `done` with every item answered, or `cancelled` by its
 * owner, or because its key was revoked.
 */
export type JobState = 'receiving' | 'open' | 'done' | 'cancelled';

/** What became of an item. */
export type Outcome = 'pass' | 'fail' | 'error';

/** How many items ended in what: the token of the reason or of the error, empty for a pass. */
export interface Count {
  readonly outcome: Outcome;
  readonly token: string;
  readonly count: number;
}

/** A job as its owner sees it. */
export interface Job {
  /** A UUID. */
  readonly id: string;
  readonly keyId: string;
  readonly state: JobState;
  /** Items. */
  readonly total: number;
  /** Items that have their result. */
  readonly answered: number;
  readonly counts: readonly Count[];
  readonly webhook: string | null;
  /** The generator that its pictures are for: a preset's name; null for what the service judges by. */
  readonly generator: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** When the first batch was taken up; null before. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** What is needed to make a job. */
export interface NewJob {
  readonly id: string;
  readonly keyId: string;
  readonly webhook: string | null;
  /** What the webhook is signed with; null without one. */
  readonly secret: string | null;
  /** See {@link Job.generator}; null if left out. */
  readonly generator?: string | null;
}

/** A picture's address as it was sent. */
export interface NewItem {
  readonly url: string;
  /** The sender's own name for it; null without. */
  readonly name: string | null;
}

/** An item to be worked on. */
export interface Item {
  /** Its place in the job, from 1. */
  readonly no: number;
  readonly url: string;
}

/** Some items of one job, for one process to work on. */
export interface Batch {
  /** What its store knows it by. */
  readonly id: number | string;
  readonly jobId: string;
  readonly keyId: string;
  /** The key's quota in images; null is without limit. */
  readonly quota: number | null;
  /** How many times its items were tried before. */
  readonly attempt: number;
  /** How many times it was taken up, this one included: more than once where a process died over it. */
  readonly claims: number;
  /** The job's generator; see {@link Job.generator}. */
  readonly generator: string | null;
  /** Those that have no result yet. */
  readonly items: readonly Item[];
}

/** Items of a batch that go back into the queue. */
export interface Part {
  /** Places in the job, both included. What is between them and has a result by then is left out. */
  readonly first: number;
  readonly last: number;
  /** How many times they were tried. */
  readonly attempt: number;
  /** When they are due again, in ms from now; 0 is at once. */
  readonly inMs: number;
}

/** The answer to one item. */
export interface Answer {
  readonly jobId: string;
  readonly no: number;
  readonly result: ItemResult;
}

/** A line of the results. */
export interface ResultLine {
  /** Where to go on behind this line; grows from line to line. */
  readonly cursor: number;
  readonly no: number;
  readonly url: string;
  readonly name: string | null;
  readonly result: ItemResult;
}

/** A webhook to be called. */
export interface Notice {
  /** What its store knows it by. */
  readonly id: string;
  readonly job: Job;
  readonly url: string;
  readonly secret: string;
  /** How many times it was tried before. */
  readonly attempt: number;
}

/**
 * How long a batch stays with a process, in ms: what it held comes free again so long after a `kill -9`. Longer than
 * any honest turn takes.
 *
 * @param itemMs longest time for one item, from its download to its inspection
 */
export function holdMs(itemMs: number): number {
  return TURN_MS + itemMs + SETTLING_MS;
}

/** What an item counts as, and why. */
export function outcomeOf(result: ItemResult): { readonly outcome: Outcome; readonly token: string } {
  if ('error' in result) return { outcome: 'error', token: result.error.code };
  return { outcome: result.pass ? 'pass' : 'fail', token: result.reason ?? '' };
}

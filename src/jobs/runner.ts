/** One process's share of the work: takes batches off the queue, has their items inspected, and records the answers. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Inspection } from '../inspection.ts';
import { GroupCommit } from '../store/group-commit.ts';
import { DetectError } from '../wire/errors.ts';
import type { Hosts } from './hosts.ts';
import { type Answer, type Batch, type Item, type ItemResult, LEASE_MS } from './job.ts';
import { delayAfter, meaningOf, RETRY_DELAYS_MS } from './retry.ts';
import type { JobStore, SetAside } from './store.ts';
import type { Deliver } from './webhook.ts';
import { Workload } from './workload.ts';

/** Items of one batch that are under way together. */
export const ITEMS_PER_LANE = 4;
/** Of the batches that a process has under way, one key has no more than this share: slow servers are its own trouble. */
const SHARE_OF_LANES = 0.75;
/** How often an empty queue is looked at, in ms. */
const POLL_MS = 500;
/** How long to wait when the machine has no room, or the database is away, in ms. */
const PAUSE_MS = 1_000;
/** How often batches are kept, in ms: three times a lease. */
const KEEP_MS = LEASE_MS / 3;
/** How often what is not kept any longer is looked for, in ms. */
const SWEEP_MS = 10_000;
/** A batch that so many processes died over is worked on one item at a time, to find the one that kills. */
const SUSPECT_CLAIMS = 3;
/** After so many deaths the first item that has no result is taken for the one. */
const MOST_CLAIMS = 10;

/** Inspects the picture of an address. */
export type Inspect = (
  url: string,
  by: { readonly keyId: string; readonly signal: AbortSignal },
) => Promise<Inspection>;

/** What a runner is made of. */
export interface RunnerOptions {
  readonly jobs: JobStore;
  readonly inspect: Inspect;
  readonly hosts: Hosts;
  /** Calls a webhook. */
  readonly deliver: Deliver;
  /** Batches at a time, 1 or more. */
  readonly lanes: number;
  /** Whether there is room for another batch besides what else this process does; always if left out. */
  readonly hasRoom?: () => boolean;
  /** Told of what went wrong with the queue itself, for the log. */
  readonly onTrouble: (error: unknown) => void;
  /** Waits between attempts, in ms. */
  readonly retryDelaysMs?: readonly number[];
}

/** Works until it is stopped. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #mostPerKey: number;
  readonly #stopping = new AbortController();
  readonly #load = new Workload();
  readonly #answers: GroupCommit<Answer>;
  readonly #loops: Promise<void>[] = [];

  constructor(options: RunnerOptions) {
    // Every item listens, and leaves.
    setMaxListeners(0, this.#stopping.signal);
    this.#options = options;
    this.#mostPerKey = Math.max(1, Math.floor(options.lanes * SHARE_OF_LANES));
    this.#answers = new GroupCommit((answers) => options.jobs.record(answers));
  }

  /** Begins. */
  start(): void {
    const { jobs } = this.#options;
    this.#loops.push(
      this.#repeat(POLL_MS, () => this.#takeUp()),
      this.#repeat(KEEP_MS, async () => {
        const { batches } = this.#load;
        if (batches.length > 0) await jobs.keep(batches);
      }),
      this.#repeat(POLL_MS, () => this.#notify()),
      this.#repeat(SWEEP_MS, async () => {
        while (!this.#signal.aborted && (await jobs.sweep())) await sleep(1);
      }),
    );
  }

  /** Tells of new work, so that it does not wait to be found. */
  wake(): void {
    this.#load.wake();
  }

  /** Takes no further item, puts back what was not done, and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort(new DetectError('inspect.aborted'));
    this.#load.wake();
    await Promise.allSettled([...this.#loops, this.#load.idle()]);
    await this.#answers.settled();
  }

  get #signal(): AbortSignal {
    return this.#stopping.signal;
  }

  async #repeat(everyMs: number, round: () => Promise<void>): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await round();
      } catch (error) {
        this.#options.onTrouble(error);
        await this.#pause(PAUSE_MS);
      }
      await this.#pause(everyMs);
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  /** Takes batches up for as long as there are any. */
  async #takeUp(): Promise<void> {
    const { jobs, lanes, hasRoom = () => true } = this.#options;
    while (!this.#signal.aborted) {
      const isFull = this.#load.batches.length >= lanes || !hasRoom();
      const batch = isFull ? undefined : await jobs.claim(this.#load.keysWith(this.#mostPerKey));
      if (batch === undefined) await this.#load.change(POLL_MS);
      else this.#load.add(batch, this.#work(batch));
    }
  }

  async #work(batch: Batch): Promise<void> {
    const { jobs, retryDelaysMs = RETRY_DELAYS_MS } = this.#options;
    const attempt = batch.attempt + 1;
    const delay = delayAfter(attempt, retryDelaysMs);
    const items = [...batch.items];
    try {
      if (batch.claims > MOST_CLAIMS && items[0] !== undefined) {
        const error = new DetectError('inspect.failed', 'Inspecting it ended the process, again and again.');
        await this.#answers.add({ jobId: batch.jobId, no: items[0].no, result: failed(error) });
        items.shift();
      }
      let open = 0;
      const lane = async () => {
        for (let item = items.shift(); item !== undefined; item = items.shift()) {
          const meaning = await this.#answer(batch, item, delay === undefined);
          if (meaning === 'passing' || this.#signal.aborted) open += meaning === 'final' ? 0 : 1;
          else if (meaning === 'not done') {
            // No room on this machine, or no database: nothing else could be done instead.
            await this.#pause(PAUSE_MS);
            items.push(item);
          }
        }
      };
      const width = batch.claims > SUSPECT_CLAIMS ? 1 : ITEMS_PER_LANE;
      await Promise.all(Array.from({ length: width }, lane));
      if (open === 0) await jobs.finish(batch);
      else if (this.#signal.aborted) await jobs.putBack(batch, batch.attempt, 0);
      else await jobs.putBack(batch, attempt, delay ?? 0);
    } catch (error) {
      // What is not put back comes due by itself.
      this.#options.onTrouble(error);
    }
  }

  /** Has one item inspected and its answer recorded, or tells why there is none yet. */
  async #answer(batch: Batch, { no, url }: Item, isLast: boolean): Promise<'final' | 'passing' | 'not done'> {
    const { jobs, inspect, hosts } = this.#options;
    const signal = this.#signal;
    if (signal.aborted) return 'not done';
    const { jobId, keyId, quota } = batch;
    let reservation: SetAside | undefined;
    try {
      reservation = await jobs.reserve({ id: keyId, quota });
      if (reservation === undefined) throw new DetectError('key.quota');
      const inspection = await hosts.visit(hostOf(url), () => {
        signal.throwIfAborted();
        return inspect(url, { keyId, signal });
      });
      await this.#answers.add({ jobId, no, result: resultOf(inspection) });
      return 'final';
    } catch (thrown) {
      const error =
        thrown instanceof DetectError ? thrown : new DetectError('internal', undefined, { cause: thrown });
      const meaning = meaningOf(error);
      if (meaning === 'not done' || (meaning === 'passing' && !isLast)) return meaning;
      await this.#answers.add({ jobId, no, result: failed(error) });
      return 'final';
    } finally {
      // The books have the image by now, or it is not needed: recording counts, in one step with the result.
      reservation?.release();
    }
  }

  async #notify(): Promise<void> {
    const { jobs, deliver, retryDelaysMs = RETRY_DELAYS_MS } = this.#options;
    for (;;) {
      const notice = this.#signal.aborted ? undefined : await jobs.claimNotice();
      if (notice === undefined) return;
      const ended = await deliver(notice, this.#signal).then(
        () => true,
        () => false,
      );
      const delay = ended ? null : (delayAfter(notice.attempt + 1, retryDelaysMs) ?? null);
      await jobs.endNotice(notice.job.id, this.#signal.aborted && !ended ? 0 : delay);
    }
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function failed({ code, message }: DetectError): ItemResult {
  return { error: { code, message } };
}

/** Of an inspection what is worth keeping a million times. */
function resultOf({ pass, reason, checks, image, faces }: Inspection): ItemResult {
  const { format, width, height, bytes } = image;
  const advice = checks.filter(({ status }) => status === 'fail').map((check) => check.advice);
  return { pass, reason, advice, image: { format, width, height, bytes }, faces: faces.length };
}

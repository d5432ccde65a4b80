/** One process's share of the work: takes batches off the queue, and calls the webhooks of jobs that ended. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit } from '../store/group-commit.ts';
import { DetectError } from '../wire/errors.ts';
import type { Hosts } from './hosts.ts';
import { type Answer, type Batch, TURN_MS } from './job.ts';
import { delayAfter, RETRY_DELAYS_MS } from './retry.ts';
import type { JobStore } from './store.ts';
import { type Inspect, PAUSE_MS, takeTurn } from './turn.ts';
import type { Deliver } from './webhook.ts';
import { Workload } from './workload.ts';

/** Of the batches that a process has under way, one key has no more than this share: slow servers are its own trouble. */
const SHARE_OF_LANES = 0.75;
/** How often an empty queue is looked at, in ms. */
const POLL_MS = 500;
/** How often what is not kept any longer is looked for, in ms. */
const SWEEP_MS = 10_000;

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
  /** How long items of a batch are started, in ms. */
  readonly turnMs?: number;
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
    // A batch that was just being taken up is among the load only after the loops ended.
    await Promise.all(this.#loops);
    await this.#load.idle();
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
    const { jobs, inspect, hosts, retryDelaysMs = RETRY_DELAYS_MS, turnMs = TURN_MS } = this.#options;
    const deps = {
      jobs,
      answers: this.#answers,
      inspect,
      hosts,
      retryDelaysMs,
      turnMs,
      signal: this.#signal,
    };
    try {
      const parts = await takeTurn(batch, deps);
      await this.#patiently(() => (parts.length === 0 ? jobs.finish(batch) : jobs.putBack(batch, parts)));
    } catch (error) {
      // What is not put back comes free by itself.
      this.#options.onTrouble(error);
    }
  }

  /** Does it, again and again if need be, unless this process is to end: what is put back need not wait to come free. */
  async #patiently(step: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await step();
      } catch (error) {
        if (this.#signal.aborted) throw error;
        if (tries === 1) this.#options.onTrouble(error);
      }
      await this.#pause(PAUSE_MS);
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
      await jobs.endNotice(notice, this.#signal.aborted && !ended ? 0 : delay);
    }
  }
}

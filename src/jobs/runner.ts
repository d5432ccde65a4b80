/** One process's share of the work: takes batches off the queue, and calls the webhooks of jobs that ended. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError } from '../errors.ts';
import { GroupCommit } from '../store/group-commit.ts';
import type { Hosts } from './hosts.ts';
import { type Answer, type Batch, TURN_MS } from './job.ts';
import { Notifier } from './notifier.ts';
import { RETRY_DELAYS_MS } from './retry.ts';
import type { JobStore } from './store.ts';
import { type Inspect, PAUSE_MS, takeTurn } from './turn.ts';
import type { Deliver } from './webhook.ts';
import { Workload } from './workload.ts';

/** A batch that has been under way for so long, in ms, waits for slow servers: its lane is not one of those that keep workers busy. */
const SLOW_MS = 1_000;
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
  /** Batches at a time, 1 or more: as many as keep the workers busy. */
  readonly lanes: number;
  /** The same with those that wait for slow servers; `lanes` if left out. */
  readonly mostLanes?: number;
  /** Whether a worker waits for pictures; always if left out. */
  readonly isIdle?: () => boolean;
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
  readonly #mostLanes: number;
  readonly #stopping = new AbortController();
  readonly #load = new Workload<Batch>(({ keyId }) => keyId);
  readonly #notifier: Notifier;
  readonly #answers: GroupCommit<Answer>;
  readonly #loops: Promise<void>[] = [];
  #sweeping: Promise<void> | undefined;

  constructor(options: RunnerOptions) {
    // Every item listens, and leaves.
    setMaxListeners(0, this.#stopping.signal);
    this.#options = options;
    this.#mostLanes = Math.max(options.lanes, options.mostLanes ?? 0);
    this.#notifier = new Notifier({ retryDelaysMs: RETRY_DELAYS_MS, ...options, signal: this.#signal });
    this.#answers = new GroupCommit((answers) => options.jobs.record(answers));
  }

  /** Begins. */
  start(): void {
    this.#loops.push(
      this.#repeat(POLL_MS, () => this.#takeUp()),
      this.#repeat(POLL_MS, () => this.#notifier.begin()),
      this.#repeat(SWEEP_MS, () => this.#sweep()),
    );
  }

  /** Tells of new work, so that it does not wait to be found. */
  wake(): void {
    this.#load.wake();
  }

  /** Tells that something can be removed, so that it does not wait to be found. */
  tidy(): void {
    this.#sweep().catch((error) => this.#options.onTrouble(error));
  }

  /** Takes no further item, puts back what was not done, and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort(new DetectError('inspect.aborted'));
    this.#load.wake();
    // A batch that was just being taken up is among the load only after the loops ended.
    await Promise.all(this.#loops);
    await Promise.all([this.#load.idle(), this.#notifier.idle()]);
    await this.#answers.settled();
    await this.#sweeping?.catch(() => undefined);
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

  /** Removes what there is to remove, in small steps; whoever asks meanwhile waits for the same end. */
  #sweep(): Promise<void> {
    const sweep = async () => {
      while (!this.#signal.aborted && (await this.#options.jobs.sweep())) await sleep(1);
    };
    this.#sweeping ??= sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  /** Takes batches up for as long as there are any. */
  async #takeUp(): Promise<void> {
    const { jobs } = this.#options;
    while (!this.#signal.aborted) {
      const batch = this.#isFull() ? undefined : await jobs.claim(this.#load.keysWithShare(this.#mostLanes));
      if (batch === undefined) await this.#load.change(POLL_MS);
      else this.#load.add(batch, this.#work(batch));
    }
  }

  /** Slow servers hold up nobody but those who named them: beside their lanes there are others while workers are idle. */
  #isFull(): boolean {
    const { lanes, isIdle = () => true } = this.#options;
    const { size } = this.#load;
    if (size < lanes) return false;
    return size >= this.#mostLanes || this.#load.youngerThan(SLOW_MS) >= lanes || !isIdle();
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
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AnnotationFormat } from '../annotate/annotate.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { ImageLimits } from '../core/image/limits.ts';
import { DetectError, relayed, SERVICE_DETAILS } from '../errors.ts';
import type { Engines } from '../node/engine.ts';
import { BarredPictures } from './barred.ts';
import type { TaskBounds } from './inspect-process.ts';
import { isFromOutside, type Loss } from './loss.ts';
import { Penalties } from './penalties.ts';
import type { Judgement, WorkerReply, WorkerResult, WorkerTask } from './protocol.ts';
import { type PoolState, Seats, type SeatsOptions } from './seats.ts';

/** How often workers without a task are asked whether they are there, in milliseconds. */
const PING_MS = 2_500;
/** Workers that one picture is given to, where what they were lost by came from outside. */
const MOST_TRIES = 3;
/** The longest wait for inspections under way when the pool is closed, in milliseconds; then they are killed. */
const CLOSE_WAIT_MS = 1_000;

/** How a pool is made. */
export interface PoolOptions extends Omit<SeatsOptions, 'count'> {
  /** Inspections at a time, each in a process of its own; 1 or more. */
  readonly workers: number;
  /** Workers beside these, so that no single key can hold all of them; none if left out. */
  readonly spare?: number;
  /** Longest inspection in milliseconds. */
  readonly limitMs: number;
  /** Most processor time of one inspection in milliseconds. */
  readonly cpuMs: number;
}

/** What is wanted of one inspection. */
export interface PoolRequest {
  readonly policy: PolicyOverrides;
  /** What the file has to be; LivePortrait's own limits if left out. */
  readonly limits?: ImageLimits | undefined;
  readonly annotated?: AnnotationFormat | undefined;
  /** Tells the worker that nobody waits any more; it stops at the next stage. */
  readonly signal: AbortSignal;
  /** Whose picture it is; see {@link InspectPool.placesFor}. */
  readonly share?: string;
}

/**
 * Inspections in processes of their own: whatever a picture does to its decoder, it can be ended, and costs nobody
 * else. A worker that takes too long is killed and replaced. It has no queue: admission is in front.
 */
export class InspectPool {
  readonly #options: PoolOptions;
  readonly #seats: Seats;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #barred = new BarredPictures();
  readonly #penalties = new Penalties();
  readonly #pings: NodeJS.Timeout;
  #engines: Engines | undefined;
  #isClosing = false;

  /** Starts the workers, and does not wait for them; see {@link ready}. */
  constructor(options: PoolOptions) {
    this.#options = options;
    this.#seats = new Seats({
      ...options,
      count: options.workers + (options.spare ?? 0),
      onEngines: (engines) => {
        this.#engines = engines;
        options.onEngines?.(engines);
      },
    });
    this.#pings = setInterval(() => this.#seats.ping(), PING_MS);
    this.#pings.unref();
  }

  /**
   * Resolves when every worker works.
   *
   * @throws DetectError whatever keeps a worker from starting, or from finding the probe's face; the pool is then closed
   */
  ready(): Promise<void> {
    return this.#orClose(this.#seats.ready());
  }

  /** The same as {@link ready}, of the first worker alone. */
  readyForOne(): Promise<void> {
    return this.#orClose(this.#seats.readyForOne());
  }

  async #orClose(ready: Promise<void>): Promise<void> {
    try {
      await ready;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** How many workers are wanted, alive, at work, and stuck. */
  get state(): PoolState {
    return this.#seats.state;
  }

  /** What runs networks and decoding, as the last worker that started says; undefined until the first one has. */
  get engines(): Engines | undefined {
    return this.#engines;
  }

  /**
   * How many inspections of one key there may be at a time: as many as there are workers without the spare ones, less one for each
   * worker that its pictures ended in the last minute.
   */
  placesFor(share: string): number {
    return Math.max(1, this.#options.workers - this.#penalties.count(share));
  }

  /** @throws DetectError `inspect.barred` for a picture that ended a worker a moment ago */
  check(bytes: Uint8Array): void {
    this.#barred.check(bytes);
  }

  /**
   * Inspects one picture. The promise settles when the worker is free again, or replaced, whatever the signal says.
   *
   * @param bytes the file; it must not change before the promise settles
   * @throws DetectError of the inspection; `deadline.passed` over a limit; `inspect.barred`; `inspect.failed` with its
   *         cause if the worker failed or died; why the signal was aborted, if that was before a worker had it
   */
  async inspect(bytes: Uint8Array, request: PoolRequest): Promise<WorkerResult> {
    const { policy, limits, annotated } = request;
    const task = { policy, ...(limits && { limits }), ...(annotated && { annotated }) };
    const reply = await this.#enter(bytes, request, task);
    if ('result' in reply) return reply.result;
    throw new DetectError('inspect.failed', SERVICE_DETAILS.wrongReply);
  }

  /** The same as {@link inspect}, of which only the judgement is sent back. */
  async judge(bytes: Uint8Array, request: Omit<PoolRequest, 'annotated'>): Promise<Judgement> {
    const { policy, limits } = request;
    const reply = await this.#enter(bytes, request, { policy, ...(limits && { limits }), isBrief: true });
    return 'result' in reply ? reply.result.inspection : reply.judgement;
  }

  /** Waits a moment for what is under way, and ends all workers. Calling it again waits for the same. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#pings);
    const enough = new AbortController();
    const wait = sleep(CLOSE_WAIT_MS, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#underWay), wait]);
    enough.abort();
    this.#seats.close();
  }

  async #enter(bytes: Uint8Array, request: PoolRequest, task: WorkerTask) {
    const run = this.#run(bytes, request, task);
    this.#underWay.add(run);
    try {
      return await run;
    } finally {
      this.#underWay.delete(run);
    }
  }

  async #run(
    bytes: Uint8Array,
    { signal, share = '' }: PoolRequest,
    task: WorkerTask,
  ): Promise<Exclude<WorkerReply, { failure: unknown }>> {
    this.check(bytes);
    const { limitMs, cpuMs } = this.#options;
    const bounds: TaskBounds = { limitMs, cpuMs, signal };
    for (let tries = 1; ; tries++) {
      const seat = await this.#seats.take(signal);
      const end = await seat.run(task, bytes, bounds);
      if ('reply' in end) {
        this.#seats.serve();
        if (!('failure' in end.reply)) return end.reply;
        const { code, message, cause } = end.reply.failure;
        throw new DetectError(
          code,
          relayed(message),
          cause === undefined ? undefined : { cause: new Error(cause) },
        );
      }
      const { loss } = end;
      if (isFromOutside(loss)) {
        // What was done to one may have been done to others.
        this.#seats.ping();
        if (tries < MOST_TRIES && !signal.aborted && !this.#isClosing) continue;
      }
      if (this.#isToBlame(loss)) {
        this.#barred.add(bytes);
        this.#penalties.add(share);
      }
      // Until then its sender holds the place: nobody else waits for the replacement.
      await seat.restored();
      throw errorOf(loss);
    }
  }

  /** Whether a worker was lost by its picture. One that had to wait for the processor did nothing wrong. */
  #isToBlame({ kind, cpuMs }: Loss): boolean {
    if (kind === 'time') return cpuMs === undefined || cpuMs > this.#options.cpuMs / 2;
    return kind === 'cpu' || kind === 'crashed';
  }
}

function errorOf({ kind, text, cpuMs }: Loss): DetectError {
  const took = cpuMs === undefined ? '' : ` (${Math.round(cpuMs)} ms of processor time)`;
  const cause = new Error(`The worker was lost: ${text}${took}.`);
  const code = kind === 'cpu' || kind === 'time' ? 'deadline.passed' : 'inspect.failed';
  return new DetectError(code, undefined, { cause });
}

import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Piscina } from 'piscina';
import type { AnnotationFormat } from '../annotate/annotate.ts';
import type { PolicyOverrides } from '../checks/policy.ts';
import { DetectError } from '../wire/errors.ts';
import {
  CANCELLED,
  type Judgement,
  type WorkerReply,
  type WorkerResult,
  type WorkerSettings,
  type WorkerTask,
} from './worker-protocol.ts';

/** JavaScript heap of one worker in MB; pixels and models live outside of it. A worker that needs more dies alone. */
const WORKER_HEAP_MB = 512;
/**
 * Young part of that heap in MB, of which V8 gives a third to new objects (48 by default). Each picture and its pixels
 * lie outside of the heap, but are let go of only when their small owners are collected: with more room V8 lets them
 * pile up until it has to mark the whole heap instead. Measured with `bench:server`: 7 % less processor time a
 * request, and 35 MB less memory a worker.
 */
const WORKER_YOUNG_MB = 6;
/** Longest start of a worker with its first inspection, in milliseconds, on however slow a machine. */
const START_LIMIT_MS = 60_000;

/**
 * How much longer than anybody waits for an inspection a worker may take before it is put down, in milliseconds. Only
 * one that runs in circles does: a decoding or an inference ends by itself. It has to be long, because a thread
 * that is ended inside native code takes the whole process along.
 */
export const HANG_GRACE_MS = 20_000;
/** The longest wait for inspections under way when the pool is closed, in milliseconds. */
const CLOSE_WAIT_MS = 10_000;

/** How a pool is made. */
export interface PoolOptions {
  /** Threads, each with models of its own; 1 or more. */
  readonly workers: number;
  /** The operator's policy. */
  readonly policy: PolicyOverrides;
  /** Longest inspection in milliseconds; a worker that takes longer hangs, and is put down and replaced. */
  readonly limitMs: number;
  /** Is told of each worker that went down, with how many are left once it is replaced, if it can be. */
  readonly onWorkerLost?: (state: PoolState) => void;
  /** The worker's module; `inspect-worker` next to this file if left out. */
  readonly workerUrl?: URL;
  /** Node's options for the threads; those of this process if left out. */
  readonly execArgv?: string[];
}

/** What is wanted of one inspection. */
export interface PoolRequest {
  readonly policy: PolicyOverrides;
  readonly annotated?: AnnotationFormat | undefined;
  /** Tells the worker that nobody waits any more; it stops at the next stage. */
  readonly signal: AbortSignal;
}

/** How many workers there are. */
export interface PoolState {
  readonly wanted: number;
  readonly alive: number;
  readonly busy: number;
}

/** Inspections on threads of their own, so that the event loop stays free. It has no queue: admission is in front. */
export class InspectPool {
  readonly #threads: Piscina<WorkerTask, WorkerReply>;
  readonly #options: PoolOptions;
  readonly #underWay = new Set<Promise<WorkerReply>>();
  #closing = false;

  private constructor(options: PoolOptions) {
    this.#options = options;
    this.#threads = new Piscina({
      filename: (options.workerUrl ?? besideThisFile('inspect-worker')).href,
      minThreads: options.workers,
      maxThreads: options.workers,
      workerData: { policy: options.policy } satisfies WorkerSettings,
      resourceLimits: {
        maxOldGenerationSizeMb: WORKER_HEAP_MB,
        maxYoungGenerationSizeMb: WORKER_YOUNG_MB,
      },
      recordTiming: false,
      ...(options.execArgv && { execArgv: options.execArgv }),
    });
    // Without a listener, a worker that dies while idle would take the process along; its end is told below.
    this.#threads.on('error', () => undefined);
    this.#threads.on('workerDestroy', () => {
      // The replacement is made after this event.
      if (!this.#closing) setImmediate(() => options.onWorkerLost?.(this.state));
    });
  }

  /**
   * Starts the workers, and waits for them if they are to be proved.
   *
   * @param probe see {@link prove}; without it, a worker that cannot start shows in the first inspection
   * @throws whatever keeps a worker from starting, or from finding the probe's face
   */
  static async start(options: PoolOptions, probe?: Uint8Array): Promise<InspectPool> {
    const pool = new InspectPool(options);
    try {
      if (probe !== undefined) await pool.prove(probe);
      return pool;
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  /**
   * Resolves when every worker works. Only before the first inspection, for which workers must be idle.
   *
   * @param probe a picture with one clear face, which each worker inspects
   * @throws whatever keeps a worker from starting, or from finding that face
   */
  async prove(probe: Uint8Array): Promise<void> {
    const { signal } = new AbortController();
    // As many at once as there are workers, each of which takes one at a time: so each gets one.
    const results = await Promise.all(
      Array.from({ length: this.#options.workers }, () =>
        this.#run(new Uint8Array(probe), { policy: {}, signal }, START_LIMIT_MS),
      ),
    );
    if (results.some((reply) => !('result' in reply) || reply.result.inspection.subject === null)) {
      throw new DetectError('inspect.failed', 'A worker found no face in the probe picture.');
    }
  }

  /** How many workers are wanted, alive, and at work. */
  get state(): PoolState {
    return { wanted: this.#options.workers, alive: this.#threads.threads.length, busy: this.#underWay.size };
  }

  /**
   * Inspects one picture. The promise settles when the worker is free again, whatever the signal says.
   *
   * @param bytes the file; gone afterwards if it fills its buffer, which is then transferred and not copied
   * @throws DetectError of the inspection; `deadline.passed` over the limit; `inspect.failed` with its cause if
   *         the worker failed or died
   */
  async inspect(bytes: Uint8Array, request: PoolRequest): Promise<WorkerResult> {
    const reply = await this.#run(bytes, request, this.#options.limitMs);
    if ('result' in reply) return reply.result;
    throw new DetectError('inspect.failed', 'A worker gave a judgement for an inspection.');
  }

  /** The same as {@link inspect}, of which only the judgement is sent back. */
  async judge(bytes: Uint8Array, request: Omit<PoolRequest, 'annotated'>): Promise<Judgement> {
    const reply = await this.#run(bytes, { ...request, isBrief: true }, this.#options.limitMs);
    return 'result' in reply ? reply.result.inspection : reply.judgement;
  }

  /** Waits for what is under way, and stops all workers. */
  async close(): Promise<void> {
    this.#closing = true;
    const enough = new AbortController();
    const wait = sleep(CLOSE_WAIT_MS, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#underWay), wait]);
    enough.abort();
    await this.#threads.destroy();
  }

  async #run(
    bytes: Uint8Array,
    request: PoolRequest & Pick<WorkerTask, 'isBrief'>,
    limitMs: number,
  ): Promise<Exclude<WorkerReply, { failure: unknown }>> {
    // Two ports a picture would cost more than the message is worth, which is rarely sent.
    const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const own = ownBuffer(bytes);
    const task: WorkerTask = {
      bytes: own,
      policy: request.policy,
      cancelled,
      ...(request.annotated && { annotated: request.annotated }),
      ...(request.isBrief && { isBrief: request.isBrief }),
    };
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    const onAbort = () => Atomics.store(cancelled, 0, CANCELLED);
    request.signal.addEventListener('abort', onAbort, { once: true });
    const run = this.#threads.run(task, { transferList: [own.buffer], signal: limit.signal });
    this.#underWay.add(run);
    let reply: WorkerReply;
    try {
      reply = await run;
    } catch (cause) {
      throw new DetectError(limit.signal.aborted ? 'deadline.passed' : 'inspect.failed', undefined, {
        cause,
      });
    } finally {
      this.#underWay.delete(run);
      clearTimeout(timer);
      request.signal.removeEventListener('abort', onAbort);
    }
    if (!('failure' in reply)) return reply;
    const { code, message, cause } = reply.failure;
    throw new DetectError(code, message, cause === undefined ? undefined : { cause: new Error(cause) });
  }
}

/** A module of this folder, in TypeScript or compiled, as this one is. */
function besideThisFile(name: string): URL {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
}

/** The bytes alone in a buffer; small Node buffers share a pool, which cannot be transferred. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const alone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return alone ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

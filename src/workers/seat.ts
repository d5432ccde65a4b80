import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import { InspectProcess, type ProcessOptions, type TaskBounds, type TaskEnd } from './inspect-process.ts';
import type { Loss } from './loss.ts';
import type { WorkerTask } from './protocol.ts';

/** Longest start of a worker, and longest first inspection, in milliseconds, on however slow a machine. */
const START_LIMIT_MS = 60_000;
/** The wait after a worker that could not start, in milliseconds: doubled with each, up to the most. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Its worker was lost between being chosen and being used. */
const LOST_BEFORE: Loss = { kind: 'killed', text: 'it ended before it was used', cpuMs: undefined };

/** What a seat tells. */
export interface SeatEvents {
  /** Its worker is ready for a task. */
  readonly onFree: () => void;
  /** Its worker is lost; the next one is starting. */
  readonly onLost: (loss: Loss) => void;
  /** Its worker could not start, and it was so many in a row; there will be another attempt. */
  readonly onFailed: (error: DetectError, inARow: number) => void;
}

/** How its workers are started. */
export interface SeatOptions extends ProcessOptions {
  /** A picture with one clear face that each worker must find before it gets a task; none if left out. */
  readonly probe?: Uint8Array;
  /** What its first worker waits for before it is started. It must not reject. */
  readonly after?: Promise<unknown>;
}

/** A place for one worker: whenever that is lost, another one takes its place. */
export class Seat {
  /** Resolves when the first worker is ready; rejects with what keeps it from that. */
  readonly first: Promise<void>;
  readonly #options: SeatOptions;
  readonly #events: SeatEvents;
  readonly #closing = new AbortController();
  #starting: InspectProcess | undefined;
  #worker: InspectProcess | undefined;
  #isTaken = false;
  /** Whether the last attempt to start failed, and there is none under way. */
  #isDown = false;
  #restored: Promise<void>;

  constructor(options: SeatOptions, events: SeatEvents) {
    this.#options = options;
    this.#events = events;
    this.first = this.#begin();
    this.#restored = this.first;
    void this.#keep();
  }

  /** Whether it has a worker that waits for a task. */
  get isFree(): boolean {
    return this.#worker !== undefined && !this.#isTaken;
  }

  /** Whether it has a worker. */
  get isAlive(): boolean {
    return this.#worker !== undefined;
  }

  /** Whether its workers cannot start, as far as is known. */
  get isDown(): boolean {
    return this.#isDown;
  }

  /** For how long its worker has had its task, in milliseconds; undefined without one. */
  get busyMs(): number | undefined {
    return this.#worker?.busyMs;
  }

  /** Keeps it from others until {@link run} has ended, which must follow; only when it is free. */
  take(): this {
    this.#isTaken = true;
    return this;
  }

  /** Has its worker inspect one picture; only when it was taken. It is free again before that settles, or its worker is lost. */
  async run(task: WorkerTask, bytes: Uint8Array, bounds: TaskBounds): Promise<TaskEnd> {
    try {
      return (await this.#worker?.run(task, bytes, bounds)) ?? { loss: LOST_BEFORE };
    } finally {
      this.#isTaken = false;
    }
  }

  /** Resolves when it has a worker again, or the attempt to start one has failed. */
  restored(): Promise<void> {
    return this.#restored.catch(() => undefined);
  }

  /** Asks its worker, if that has no task, whether it is there. */
  ping(): void {
    if (this.isFree) this.#worker?.ping();
  }

  /** Ends its worker, and starts no more. */
  close(): void {
    this.#closing.abort();
    this.#starting?.kill();
    this.#worker?.kill();
  }

  /** Has a worker here until it is closed. */
  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#restored;
        failures = 0;
        this.#isDown = false;
        this.#events.onFree();
        const loss = await (this.#worker as InspectProcess).lost;
        this.#worker = undefined;
        if (signal.aborted) return;
        this.#events.onLost(loss);
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        this.#isDown = true;
        this.#events.onFailed(error as DetectError, failures);
        const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
        await sleep(wait, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
      this.#restored = this.#start();
    }
  }

  async #begin(): Promise<void> {
    await this.#options.after;
    if (this.#closing.signal.aborted) throw new DetectError('inspect.aborted');
    return this.#start();
  }

  /** @throws DetectError whatever keeps it from starting, or from finding the probe's face */
  async #start(): Promise<void> {
    const { probe } = this.#options;
    const worker = new InspectProcess(this.#options);
    this.#starting = worker;
    const limit = setTimeout(() => worker.kill(), START_LIMIT_MS);
    try {
      const loss = await worker.ready;
      if (loss !== null)
        throw new DetectError('inspect.failed', fill(SERVICE_DETAILS.workerStarts, { why: loss.text }));
      if (probe !== undefined) await prove(worker, probe);
    } catch (error) {
      worker.kill();
      throw error;
    } finally {
      clearTimeout(limit);
      this.#starting = undefined;
    }
    this.#worker = worker;
  }
}

/** @throws DetectError if the worker does not find the probe's face */
async function prove(worker: InspectProcess, probe: Uint8Array): Promise<void> {
  const { signal } = new AbortController();
  const bounds = { cpuMs: START_LIMIT_MS, limitMs: START_LIMIT_MS, signal };
  const end = await worker.run({ policy: {} }, probe, bounds);
  if ('loss' in end)
    throw new DetectError('inspect.failed', fill(SERVICE_DETAILS.workerInspects, { why: end.loss.text }));
  const { reply } = end;
  if (!('result' in reply) || reply.result.inspection.subject === null) {
    throw new DetectError('inspect.failed', SERVICE_DETAILS.workerBlind);
  }
}

import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { DetectError, relayed } from '../errors.ts';
import type { Engines } from '../node/engine.ts';
import { Channel } from './channel.ts';
import type { Loss, LossKind } from './loss.ts';
import { processTimes } from './processor-time.ts';
import {
  CHANNEL_FD,
  type FromWorker,
  type ToWorker,
  type WorkerReply,
  type WorkerSettings,
  type WorkerTask,
} from './protocol.ts';
import { spawnWorker, type WorkerAhead, type WorkerProgram } from './spawn-worker.ts';

/** When a task is looked at first, and how often from then on, in milliseconds. Most are done by then. */
const FIRST_LOOK_MS = 1_000;
const LOOK_MS = 250;
/** How soon it is looked at again where little of its time is left: the kernel counts in hundredths of a second. */
const LEAST_LOOK_MS = 10;
/** How long a task that nobody waits for may take to stop, in milliseconds: it does at its next stage. */
const GRACE_MS = 500;
/** Longest silence after a task was sent, or a ping, in milliseconds, on however busy a machine. */
const SILENCE_MS = 5_000;
/** How much is kept of what a worker writes to stderr, in characters. */
const MOST_STDERR = 4_000;

/** How a worker is started. */
export interface ProcessOptions extends WorkerSettings, WorkerProgram {
  /** A process that was started ahead; the first worker gets it, where it has the same engine. */
  readonly ahead?: WorkerAhead | undefined;
  /** Is told what runs its networks and its decoding, when the models are loaded. */
  readonly onEngines?: (engines: Engines) => void;
}

/** How long one task may take. */
export interface TaskBounds {
  /** Most processor time in milliseconds; without limit where the kernel does not tell. */
  readonly cpuMs: number;
  /** Longest time in milliseconds, whoever waits. */
  readonly limitMs: number;
  /** Nobody waits any more. The task stops at its next stage; after a passed deadline it is given {@link GRACE_MS} for that. */
  readonly signal: AbortSignal;
}

/** What became of a task. */
export type TaskEnd = { readonly reply: WorkerReply } | { readonly loss: Loss };

interface Task {
  readonly bounds: TaskBounds;
  readonly sentAt: number;
  /** When it is to be ended. */
  endAt: number;
  /** Processor time of the worker before it, in milliseconds; undefined until the worker has it. */
  cpuBefore: number | undefined;
  timer: NodeJS.Timeout | undefined;
  readonly settle: (end: TaskEnd) => void;
}

/**
 * One inspector in a process of its own: however it hangs, in whatever library, it can be killed, and nothing else is lost.
 * It takes one task at a time.
 */
export class InspectProcess {
  /** Resolves when the models are loaded, with the loss if that does not come about; rejects with a DetectError of the start. */
  readonly ready: Promise<Loss | null>;
  /** Resolves when the worker is lost, however that came about. */
  readonly lost: Promise<Loss>;
  readonly #child: ChildProcess;
  readonly #channel: Channel<FromWorker, ToWorker>;
  readonly #onEngines: ProcessOptions['onEngines'];
  #isLost = false;
  #onReady: (loss: Loss | null) => void = () => undefined;
  #onStartFailed: (error: DetectError) => void = () => undefined;
  #onLost: (loss: Loss) => void = () => undefined;
  #task: Task | undefined;
  #pingedAt: number | undefined;
  #stderr = '';

  constructor({ policy, ahead, onEngines, ...program }: ProcessOptions) {
    this.#onEngines = onEngines;
    this.ready = new Promise((resolve, reject) => {
      this.#onReady = resolve;
      this.#onStartFailed = reject;
    });
    this.lost = new Promise((resolve) => {
      this.#onLost = resolve;
    });
    this.#child = ahead?.take(program.engine) ?? spawnWorker(program);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MOST_STDERR);
    });
    this.#channel = new Channel(this.#child.stdio[CHANNEL_FD] as Duplex, {
      onMessage: (message, bytes) => this.#hear(message, bytes),
      // The end of the process says more, and comes next; one that only closes its channel is of no use.
      onEnd: () => this.#child.kill('SIGKILL'),
    });
    this.#child.on('error', (error) => this.#lose('crashed', `it does not start: ${error.message}`));
    this.#child.on('close', (code, signal) => this.#end(code, signal));
    this.#channel.send({ settings: { policy } });
  }

  /** Its process. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** For how long it has had its task, in milliseconds; undefined without one. */
  get busyMs(): number | undefined {
    return this.#task && performance.now() - this.#task.sentAt;
  }

  /** Has it inspect one picture; settles when it is free again, or lost. */
  run(task: WorkerTask, bytes: Uint8Array, bounds: TaskBounds): Promise<TaskEnd> {
    return new Promise((resolve) => {
      const sentAt = performance.now();
      const onAbort = () => {
        this.#channel.send({ cancel: true });
        const { reason } = bounds.signal;
        const isOverdue = reason instanceof DetectError && reason.code === 'deadline.passed';
        if (isOverdue) own.endAt = Math.min(own.endAt, performance.now() + GRACE_MS);
      };
      const own: Task = {
        bounds,
        sentAt,
        endAt: sentAt + bounds.limitMs,
        cpuBefore: undefined,
        timer: undefined,
        settle: (end) => {
          clearTimeout(own.timer);
          bounds.signal.removeEventListener('abort', onAbort);
          this.#task = undefined;
          resolve(end);
        },
      };
      this.#task = own;
      this.#channel.send({ task }, bytes);
      bounds.signal.addEventListener('abort', onAbort, { once: true });
      if (bounds.signal.aborted) onAbort();
      this.#lookAfter(own, Math.min(FIRST_LOOK_MS, bounds.cpuMs));
    });
  }

  /** Asks whether it is there, and gives it up when it did not say so for long; for one without a task. */
  ping(): void {
    const now = performance.now();
    if (processTimes(this.pid ?? 0)?.isStopped) {
      this.#lose('stopped', 'somebody stopped it');
    } else if (this.#pingedAt === undefined) {
      this.#pingedAt = now;
      this.#channel.send({ ping: true });
    } else if (now - this.#pingedAt > SILENCE_MS) {
      this.#lose('silent', 'it did not answer');
    }
  }

  /** Ends it at once. */
  kill(): void {
    this.#lose('killed', 'it was ended');
  }

  #hear(message: FromWorker, bytes: Uint8Array): void {
    if (this.#isLost) return;
    this.#pingedAt = undefined;
    const task = this.#task;
    if ('ready' in message) {
      this.#onEngines?.(message.ready);
      this.#onReady(null);
    } else if ('begun' in message && task) task.cpuBefore = message.begun.cpuMs;
    else if ('reply' in message) this.#take(message.reply, bytes);
  }

  #take(reply: WorkerReply, bytes: Uint8Array): void {
    if (this.#task === undefined) {
      if (!('failure' in reply)) return;
      const { code, message, cause } = reply.failure;
      this.#onStartFailed(new DetectError(code, relayed(message), { cause: cause && new Error(cause) }));
      this.kill();
      return;
    }
    const isDrawn = 'result' in reply && bytes.length > 0;
    this.#task.settle({ reply: isDrawn ? { result: { ...reply.result, annotated: bytes } } : reply });
  }

  #lookAfter(task: Task, inMs: number): void {
    // Judged after what has come meanwhile was read: this process may have been held up, and not the worker.
    task.timer = setTimeout(() => setImmediate(() => this.#judge(task)), inMs);
  }

  #judge(task: Task): void {
    if (this.#task !== task) return;
    const { cpuBefore, endAt, sentAt, bounds } = task;
    const ms = performance.now() - sentAt;
    const times = processTimes(this.pid ?? 0);
    const cpuMs = times && cpuBefore !== undefined ? times.cpuMs - cpuBefore : undefined;
    if (times?.isStopped) {
      this.#lose('stopped', 'somebody stopped it');
    } else if (cpuBefore === undefined && ms > SILENCE_MS) {
      this.#lose('silent', 'it took no task');
    } else if (cpuMs !== undefined && cpuMs > bounds.cpuMs) {
      this.#lose('cpu', `its picture took over ${bounds.cpuMs} ms of processor time`, cpuMs);
    } else if (sentAt + ms >= endAt) {
      this.#lose('time', `its picture took ${Math.round(ms)} ms`, cpuMs);
    } else {
      const leftMs = cpuMs === undefined ? LOOK_MS : bounds.cpuMs - cpuMs;
      this.#lookAfter(task, Math.min(LOOK_MS, Math.max(LEAST_LOOK_MS, leftMs)));
    }
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    const said = this.#stderr.trim();
    const how = `it ended with ${signal ?? code}${said === '' ? '' : `: ${said}`}`;
    this.#lose(signal === 'SIGKILL' || signal === 'SIGTERM' ? 'killed' : 'crashed', how);
  }

  #lose(kind: LossKind, text: string, cpuMs?: number): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#child.kill('SIGKILL');
    this.#channel.close();
    const loss: Loss = { kind, text, cpuMs };
    this.#onReady(loss);
    this.#onLost(loss);
    this.#task?.settle({ loss });
  }
}

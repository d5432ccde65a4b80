import { Socket } from 'node:net';
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import type { Engines } from '../node/engine.ts';
import { Channel } from './channel.ts';
import {
  CHANNEL_FD,
  type FromWorker,
  type ToWorker,
  type WorkerFailure,
  type WorkerReply,
  type WorkerSettings,
  type WorkerTask,
} from './protocol.ts';

/** What is done with one picture; what it throws comes back as a failure. */
export type Handler = (
  task: WorkerTask,
  bytes: Uint8Array<ArrayBuffer>,
  isCancelled: () => boolean,
) => Promise<WorkerReply>;

/** What a worker works with. */
export interface Prepared {
  readonly handle: Handler;
  readonly engines: Engines;
}

/** Signals that a terminal or a service manager sends to all processes of a group: whoever started this one decides. */
const NOT_FOR_US = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Makes a worker of this process: it does one task after another, and ends with the process that started it.
 *
 * @param prepare makes the handler; nothing is taken before it is there
 */
export function serveTasks(prepare: (settings: WorkerSettings) => Promise<Prepared>): void {
  for (const signal of NOT_FOR_US) process.on(signal, () => undefined);
  let handle: Handler | undefined;
  let isCancelled = false;
  const channel = new Channel<ToWorker, FromWorker>(new Socket({ fd: CHANNEL_FD }), {
    onMessage(message, bytes) {
      if ('task' in message) void run(message.task, bytes);
      else if ('cancel' in message) isCancelled = true;
      else if ('ping' in message) channel.send({ pong: true });
      else void start(message.settings);
    },
    onEnd: end,
  });

  async function start(settings: WorkerSettings): Promise<void> {
    try {
      const prepared = await prepare(settings);
      handle = prepared.handle;
      channel.send({ ready: prepared.engines });
    } catch (error) {
      channel.send({ reply: { failure: asFailure(error) } });
    }
  }

  async function run(task: WorkerTask, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    isCancelled = false;
    const { user, system } = process.cpuUsage();
    channel.send({ begun: { cpuMs: (user + system) / 1_000 } });
    try {
      if (handle === undefined) throw new DetectError('internal', SERVICE_DETAILS.taskEarly);
      const reply = await handle(task, bytes, () => isCancelled);
      if (!('result' in reply)) return channel.send({ reply });
      const { annotated, ...result } = reply.result;
      channel.send({ reply: { result } }, annotated);
    } catch (error) {
      channel.send({ reply: { failure: asFailure(error) } });
    }
  }
}

/** An error as data; what is not of the catalogue is our fault, and told as the cause of one. */
export function asFailure(error: unknown): WorkerFailure {
  if (!(error instanceof DetectError)) {
    return { code: 'inspect.failed', message: 'The worker failed.', cause: String(error) };
  }
  const { code, message, cause } = error;
  return { code, message, ...(cause instanceof Error && { cause: cause.message }) };
}

/** At once: a proper end would wait for the threads that decode. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

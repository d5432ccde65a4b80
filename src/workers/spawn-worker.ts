import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../node/engine.ts';
import { childEnvironment } from './environment.ts';
import { CHANNEL_FD } from './protocol.ts';

/** JavaScript heap of one worker in MB; pixels and models live outside of it. A worker that needs more dies alone. */
const HEAP_MB = 512;
/**
 * Each of the two halves of the young part of that heap, in MB (16 by default). Each picture and its pixels lie outside of the
 * heap, but are let go of only when their small owners are collected: with more room V8 lets them pile up until it has
 * to mark the whole heap instead.
 */
const YOUNG_MB = 2;
/**
 * Growth of the heap in percent before all of it is searched for garbage. Files and pixels lie outside of it, but count; beside our
 * ten megabytes of objects they count for so much that V8 searched all of it every six pictures. With room for four times
 * what was in use, most of them go with the young objects that own them, and it does so a fifth as often.
 */
const GROWTH_PERCENT = 300;
/** libuv's threads: one decodes, and one is there for files while the models are loaded. */
const THREADS = 2;
/** Heaps of the C library: one for each thread that allocates would hold some 15 MB more. */
const ARENAS = 2;

/** Which program a worker runs, and how. */
export interface WorkerProgram {
  /** What runs networks and decoding; native where that loads, if left out. */
  readonly engine?: EngineName | undefined;
  /** Its program; `inspect-worker` next to this file if left out. */
  readonly workerUrl?: URL;
  /** Node's options for it; those of this process if left out. */
  readonly execArgv?: readonly string[];
}

/** Starts the process of a worker, which loads its models at once and takes tasks once it is told the policy. */
export function spawnWorker({ engine, workerUrl, execArgv = process.execArgv }: WorkerProgram): ChildProcess {
  const program = workerUrl ?? new URL(`./inspect-worker${extname(import.meta.url)}`, import.meta.url);
  const flags = [
    `--max-old-space-size=${HEAP_MB}`,
    `--max-semi-space-size=${YOUNG_MB}`,
    `--heap-growing-percent=${GROWTH_PERCENT}`,
  ];
  const args = [...execArgv, ...flags, fileURLToPath(program), ...(engine ? [engine] : [])];
  return spawn(process.execPath, args, {
    env: childEnvironment({ UV_THREADPOOL_SIZE: `${THREADS}`, MALLOC_ARENA_MAX: `${ARENAS}` }),
    stdio: ['ignore', 'ignore', 'pipe', 'overlapped'],
  });
}

/**
 * A worker that is started before anyone knows what for: it loads while the rest of the program does. It keeps no program
 * that has no use for it, and ends with it.
 */
export class WorkerAhead {
  readonly #engine: EngineName | undefined;
  #child: ChildProcess | undefined;

  constructor(engine: EngineName | undefined) {
    this.#engine = engine;
    const child = spawnWorker({ engine });
    this.#child = child;
    // One that does not start, or ends, is not taken: another one says why.
    child.on('error', this.#forget).on('exit', this.#forget);
    for (const handle of handlesOf(child)) handle?.unref?.();
  }

  /** The process; only once, and undefined where it is gone or was started for another engine. */
  take(engine: EngineName | undefined): ChildProcess | undefined {
    const child = this.#child;
    this.#forget();
    if (child === undefined) return undefined;
    if (engine !== this.#engine) {
      child.kill('SIGKILL');
      return undefined;
    }
    child.off('error', this.#forget).off('exit', this.#forget);
    for (const handle of handlesOf(child)) handle?.ref?.();
    return child;
  }

  readonly #forget = (): void => {
    this.#child = undefined;
  };
}

/** What of a process keeps the one that started it. */
function handlesOf(child: ChildProcess) {
  return [child, child.stderr, child.stdio[CHANNEL_FD]] as readonly (Partial<Handle> | null | undefined)[];
}

/** Something that keeps a program, or does not. */
interface Handle {
  ref(): void;
  unref(): void;
}

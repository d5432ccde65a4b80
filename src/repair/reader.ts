import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Box, QuarterTurns } from '../core/inspection.ts';
import { DAMAGE_DETAILS, DetectError, relayed, SERVICE_DETAILS } from '../errors.ts';
import { type EngineName, engineOf } from '../node/engine.ts';
import { childEnvironment } from '../workers/environment.ts';
import { lowerPriority } from '../workers/priority.ts';
import { READER_HEAP_MB } from './limits.ts';
import type { ReaderReply, ReaderTask, Rendered, RenderRequest, View } from './reader-protocol.ts';
import type { SourceInfo } from './source.ts';

/**
 * The `nice` value of the process: a repair takes seconds, and whoever waits for a verdict, which takes hundredths of one, is
 * not to share a core with it.
 */
const PRIORITY = 10;

/** How a file is opened. */
export interface ReaderOptions {
  /** Quarter turns clockwise that the picture lacks to be upright, on top of what its EXIF orientation says; 0 if left out. */
  readonly turns?: QuarterTurns;
  /** What decodes and encodes: as `LPD_ENGINE` has it, or native where that loads, if left out. */
  readonly engine?: EngineName | undefined;
  /** Ends the process, and with it whatever is being done. */
  readonly signal: AbortSignal;
  /** Node's options for the process; those of this one if left out. */
  readonly execArgv?: readonly string[];
}

/**
 * One file, open in a process of its own: what may be loaded is one set of formats for a whole process, and no
 * service is to load the rarer ones. A file that makes its decoder hang or crash takes nothing else along.
 */
export class Reader {
  readonly #child: ChildProcess;
  readonly #signal: AbortSignal;
  #info: SourceInfo | undefined;

  private constructor({ signal, execArgv = process.execArgv }: ReaderOptions) {
    const program = new URL(`./reader-process${extname(import.meta.url)}`, import.meta.url);
    this.#signal = signal;
    this.#child = fork(fileURLToPath(program), {
      execArgv: [...execArgv, `--max-old-space-size=${READER_HEAP_MB}`],
      env: childEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    lowerPriority(this.#child.pid, PRIORITY);
    // What goes wrong shows in the task under way; there may be none when the process is ended.
    this.#child.on('error', () => undefined);
  }

  /**
   * Opens a file. The reader must be closed.
   *
   * @throws DetectError `image.*`, `inspector.unavailable`, or why the signal was aborted
   */
  static async open(bytes: Uint8Array, options: ReaderOptions): Promise<Reader> {
    const reader = new Reader(options);
    try {
      await reader.#reply(null, new DetectError('inspect.failed', SERVICE_DETAILS.readerStarts));
      const { turns = 0, engine = engineOf(process.env) } = options;
      reader.#info = await reader.#run<SourceInfo>({ open: bytes, turns, engine });
      return reader;
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  /** What the file is. */
  get info(): SourceInfo {
    if (this.#info === undefined) throw new DetectError('internal', SERVICE_DETAILS.noPictureOpen);
    return this.#info;
  }

  /** A part of the upright picture to look at, its longest edge at most `maxEdge` pixels. */
  view(view: Box, maxEdge: number): Promise<View> {
    return this.#run<View>({ view, maxEdge });
  }

  /** The repaired picture. */
  render(render: RenderRequest): Promise<Rendered> {
    return this.#run<Rendered>({ render });
  }

  /** Ends the process. */
  close(): void {
    this.#child.kill('SIGKILL');
  }

  async #run<T>(task: ReaderTask): Promise<T> {
    const ended = new DetectError('image.corrupt', DAMAGE_DETAILS.endsProcess);
    const reply = await this.#reply(task, ended);
    if ('failure' in reply) throw new DetectError(reply.failure.code, relayed(reply.failure.message));
    return reply.result as T;
  }

  /**
   * The next thing that the process says.
   *
   * @param task  what it is told first; null for nothing
   * @param ended what it means if the process ends instead
   */
  #reply(task: ReaderTask | null, ended: DetectError): Promise<ReaderReply> {
    const child = this.#child;
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        child.off('message', onReply).off('exit', onEnd).off('error', onEnd);
        signal.removeEventListener('abort', onAbort);
        act();
      };
      const onReply = (reply: ReaderReply) => settle(() => resolve(reply));
      const onEnd = () => settle(() => reject(ended));
      const onAbort = () => {
        this.close();
        settle(() => reject(signal.reason));
      };
      child.on('message', onReply).on('exit', onEnd).on('error', onEnd);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else if (!child.connected) onEnd();
      else if (task !== null) child.send(task);
    });
  }
}

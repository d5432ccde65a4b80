import { availableParallelism } from 'node:os';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import { DetectError, type ErrorCode } from '../errors.ts';
import type { CliContext } from './context.ts';
import { type Examiner, openExaminer } from './examiner.ts';
import { mapInOrder } from './map-in-order.ts';
import type { RemoteRun } from './remote-examiner.ts';
import type { Server } from './server.ts';

/**
 * Rows that may wait for an earlier one, for each worker: a large WebP takes twenty times as long as most pictures, and
 * no worker stands still meanwhile. They have some 12 KB each as JSON, unless they have pictures in them.
 */
const ROWS_PER_WORKER = 32;

/**
 * What a service says of the call and not of a picture. The others would be sent in vain, and their rows would be taken for
 * done by `--resume`, with a better key too.
 */
const OF_ALL: ReadonlySet<ErrorCode> = new Set([
  'key.missing',
  'key.invalid',
  'key.expired',
  'key.model',
  'key.quota',
  'request.path',
]);

/** A picture that an argument names. */
export interface Picture {
  /** What it is called in results: a path, an address, or `-`. */
  readonly file: string;
  /** A relative path for what is written about it; no two pictures of a run have the same. */
  readonly name: string;
}

/** A picture and what became of it: one of `inspection` and `error` is there. */
export interface Row extends Picture {
  /** Its advice is in the reader's language. */
  readonly inspection?: Inspection;
  readonly error?: DetectError;
  /** The file, where it was asked for and could be read. */
  readonly bytes?: Uint8Array;
  /** The picture with the inspection drawn in, as a PNG, where it was asked for. */
  readonly annotated?: Uint8Array;
}

/** How many pictures to inspect, how, and how many at once. */
export interface RunOptions {
  readonly context: Pick<CliContext, 'env' | 'stderr' | 'ahead' | 'language' | 'words'>;
  readonly pictures: AsyncIterable<Picture> | readonly Picture[];
  readonly read: (file: string) => Promise<Uint8Array>;
  /** Ends the run: no further row is given. */
  readonly signal?: AbortSignal | undefined;
  readonly policy: PolicyOverrides;
  /** The service that inspects; this machine does if left out. */
  readonly server?: Server | undefined;
  /** Workers, each a process of its own; {@link workersFor} says how many if left out. */
  readonly jobs?: number | undefined;
  /** Pictures that may be read at once beside those that are inspected; 1 if left out. */
  readonly ahead?: number;
  /** Whether rows have the files. */
  readonly keepsBytes?: boolean;
  /** Whether rows have the annotated pictures. */
  readonly isAnnotated?: boolean;
}

/**
 * Inspects pictures and gives a row each, in their order. A broken file is a row, not the end. Memory stays flat:
 * only as many files are held as are being read or inspected, and a few rows that wait for an earlier one.
 *
 * @throws DetectError `policy.invalid`, `option.invalid`; what a service says of all pictures, such as `key.invalid`
 */
export async function* inspectPictures(options: RunOptions): AsyncGenerator<Row> {
  const {
    context,
    pictures,
    read,
    signal,
    policy,
    server,
    jobs,
    ahead = 1,
    keepsBytes = false,
    isAnnotated = false,
  } = options;
  const workers = workersFor(jobs, 'length' in pictures ? pictures.length : Number.POSITIVE_INFINITY);
  const ended = new AbortController();
  const examiner = server
    ? await openRemote(server, policy, { language: context.language, ended: ended.signal })
    : await openExaminer(context, policy, workers);
  try {
    // More than there are workers, so that the next file is read while all of them are busy.
    const width = workers + ahead;
    const lead = keepsBytes || isAnnotated ? width : workers * ROWS_PER_WORKER + ahead;
    yield* mapInOrder(pictures, { width, lead, signal }, async (picture): Promise<Row> => {
      try {
        const bytes = await read(picture.file);
        // Read in vain, and nobody is there any more to look at it.
        ended.signal.throwIfAborted();
        const examined = await examiner.examine(bytes, { isAnnotated });
        return { ...picture, ...examined, ...(keepsBytes && { bytes }) };
      } catch (error) {
        const failure = asRowError(error);
        if (server && OF_ALL.has(failure.code)) throw failure;
        return { ...picture, error: failure };
      }
    });
  } finally {
    ended.abort(new DetectError('inspect.aborted'));
    await examiner.close();
  }
}

async function openRemote(server: Server, policy: PolicyOverrides, run: RemoteRun): Promise<Examiner> {
  const { openRemoteExaminer } = await import('./remote-examiner.ts');
  return openRemoteExaminer(server, policy, run);
}

/**
 * As many workers as asked for, or one more than there are cores, but no more than pictures. A worker's main thread waits for
 * the one that decodes its picture, and Linux leaves a core idle meanwhile more often than it moves another worker there: with
 * one more, `check` takes a tenth less time. A single core is never idle, and a single worker needs no second set of models.
 */
export function workersFor(jobs: number | undefined, pictures: number): number {
  const cores = availableParallelism();
  const busy = cores === 1 ? 1 : cores + 1;
  return Math.max(1, Math.min(jobs ?? busy, pictures));
}

/** What keeps one picture from being looked at ends no run. */
export function asRowError(error: unknown): DetectError {
  return error instanceof DetectError
    ? error
    : new DetectError('inspect.failed', undefined, { cause: error });
}

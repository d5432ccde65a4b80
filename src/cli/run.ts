import { availableParallelism } from 'node:os';
import type { PolicyOverrides } from '../checks/policy.ts';
import { createInspector } from '../inspect.ts';
import type { Inspection } from '../inspection.ts';
import { InspectPool } from '../server/pool.ts';
import { DetectError } from '../wire/errors.ts';

/** A picture that takes longer than this, in milliseconds, is given up. */
const LIMIT_MS = 60_000;

/** A file and what became of it: one of `inspection` and `error` is there. */
export interface Row {
  readonly file: string;
  readonly inspection?: Inspection;
  readonly error?: DetectError;
}

/** How many pictures to inspect, how, and how many at once. */
export interface RunOptions {
  readonly files: readonly string[];
  readonly read: (file: string) => Promise<Uint8Array>;
  readonly policy: PolicyOverrides;
  /** Threads; as many as there are cores, but no more than files, if left out. */
  readonly jobs?: number;
}

type Inspect = (bytes: Uint8Array) => Promise<Inspection>;

/**
 * Inspects files and gives a row each, in the order of the files. A broken file is a row, not the end. Memory
 * stays flat: only as many files are held as are being inspected, and a few rows that wait for an earlier one.
 *
 * @throws DetectError `policy.invalid`
 */
export async function* inspectFiles({ files, read, policy, jobs }: RunOptions): AsyncGenerator<Row> {
  const threads = Math.max(1, Math.min(jobs ?? availableParallelism(), files.length));
  const { inspect, close } = threads === 1 ? await openInline(policy) : await openPool(policy, threads);
  try {
    // One more than there are threads, so that the next file is read while all of them are busy.
    yield* mapInOrder(files, threads + 1, async (file): Promise<Row> => {
      try {
        return { file, inspection: await inspect(await read(file)) };
      } catch (error) {
        if (error instanceof DetectError) return { file, error };
        return { file, error: new DetectError('inspect.failed', undefined, { cause: error }) };
      }
    });
  } finally {
    await close();
  }
}

async function openInline(policy: PolicyOverrides): Promise<{ inspect: Inspect; close(): Promise<void> }> {
  const inspector = await createInspector({ policy });
  return { inspect: (bytes) => inspector.inspect(bytes), close: () => inspector.close() };
}

async function openPool(
  policy: PolicyOverrides,
  workers: number,
): Promise<{ inspect: Inspect; close(): Promise<void> }> {
  const pool = await InspectPool.start({ workers, policy, limitMs: LIMIT_MS });
  const { signal } = new AbortController();
  return {
    inspect: async (bytes) => (await pool.inspect(bytes, { policy: {}, signal })).inspection,
    close: () => pool.close(),
  };
}

/** Maps with at most `width` at work at once; results come in the order of the items. */
async function* mapInOrder<T, R>(
  items: readonly T[],
  width: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  for (const item of items) {
    waiting.push(map(item));
    if (waiting.length >= width) yield waiting.shift() as Promise<R>;
  }
  yield* waiting;
}

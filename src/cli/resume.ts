import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { COMMAND_DETAILS, DetectError, type ErrorCode, fill } from '../errors.ts';
import type { CliContext } from './context.ts';
import { pathOf } from './file-name.ts';
import type { Outcome } from './format.ts';
import { openWhole } from './whole-file.ts';

const NEWLINE = 0x0a;
/** What every row of `check --json` begins with, for one generator and for all. */
const ROW_START = Buffer.from('{"file":"');
/** Longest row in bytes: most have some 12 KB, and a crowd's faces or an address of 8 KiB add little to that. */
const MOST_ROW_BYTES = 8 * 2 ** 20;

/** Failures that say nothing of the picture: what was needed to look at it was not there, and may be the next time. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'file.unreadable',
  'download.unreachable',
  'download.no_host',
  'download.cut_off',
  'download.timeout',
  'service.unreachable',
  'service.timeout',
  'service.answer',
  'service.refused',
  'overload.queue',
  'key.rate',
  'deadline.passed',
  'request.timeout',
  'inspector.unavailable',
  'inspector.closed',
  'inspect.aborted',
  'store.unavailable',
]);

/** Whether a failure says nothing of the picture, so that the next run looks at it again. */
export function isPassing(code: unknown): boolean {
  return PASSING.has(String(code));
}

/** What an earlier run left in its NDJSON. */
export interface Past {
  /** Files that have a row, and need not be looked at again. */
  readonly files: ReadonlySet<string>;
  /** Of these files. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Length of the complete rows in bytes: a run that was stopped may have torn the last one. */
  readonly length: number;
  /** Pictures of this run that could not be looked at for a reason that may be gone: they are looked at again. */
  readonly again: ReadonlySet<string>;
}

/** Before a run that has not begun. */
export const NOTHING: Past = {
  files: new Set(),
  counts: { pass: 0, fail: 0, error: 0 },
  length: 0,
  again: new Set(),
};

/**
 * Reads how far a run came. A file that is not there is a run that has not begun. It is read row by row, however
 * long it is.
 *
 * @param path   the NDJSON that `check --json` wrote
 * @param listed the pictures of this run; what the file says of others, it goes on saying
 * @throws DetectError `resume.invalid` for a line that is not a row, nor the torn beginning of one at the end, `file.unreadable`
 */
export async function readPast(path: string, listed: readonly string[] = []): Promise<Past> {
  const inRun = new Set(listed);
  const again = new Set<string>();
  const files = new Set<string>();
  const counts: Record<Outcome, number> = { pass: 0, fail: 0, error: 0 };
  let length = 0;
  try {
    let number = 0;
    for await (const { bytes, isWhole } of linesOf(path)) {
      number++;
      // What was torn is written anew.
      if (!isWhole && isTorn(bytes)) break;
      const row = isWhole ? parseRow(bytes) : null;
      if (row === null)
        throw new DetectError('resume.invalid', fill(COMMAND_DETAILS.notRow, { number, path }));
      length += bytes.length + 1;
      if (row.isPassing && inRun.has(row.file)) {
        again.add(row.file);
        continue;
      }
      files.add(row.file);
      counts[row.outcome]++;
    }
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.unreadable, { called: path }), { cause });
  }
  return { files, counts, length, again };
}

/**
 * Takes the rows of pictures that are looked at again out of a run's NDJSON, and what was torn. The file is replaced as a whole, or
 * stays as it was.
 *
 * @returns its length in bytes
 * @throws DetectError `file.unwritable`
 */
export async function dropPassing(context: CliContext, path: string, past: Past): Promise<number> {
  const kept = await openWhole(context, path, { isRead: true });
  let length = 0;
  let left = past.length;
  for await (const { bytes } of linesOf(path)) {
    left -= bytes.length + 1;
    if (left < 0) break;
    const row = parseRow(bytes);
    if (row?.isPassing && past.again.has(row.file)) continue;
    const text = `${bytes.toString('utf8')}\n`;
    await kept.write(text);
    // Not that of the bytes: other programs may have written some that are not UTF-8, and take more now.
    length += Buffer.byteLength(text);
  }
  await kept.close();
  return length;
}

/** A line of a file. */
interface Line {
  readonly bytes: Buffer;
  /** Whether it has its end: the last one may lack it, and one that is too long is read no further. */
  readonly isWhole: boolean;
}

/** The lines, up to the first one that is longer than a row can be, of which only the beginning is given. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let length = 0;
  if (!(await stat(pathOf(path))).isFile())
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.notFile, { path }));
  for await (const chunk of createReadStream(pathOf(path)) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      yield { bytes: Buffer.concat([...rest, chunk.subarray(from, at)]), isWhole: true };
      rest = [];
      length = 0;
      from = at + 1;
    }
    if (from === chunk.length) continue;
    rest.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MOST_ROW_BYTES) break;
  }
  if (length > 0) yield { bytes: Buffer.concat(rest), isWhole: false };
}

/** @returns null for what is not a row */
function parseRow(line: Buffer): { file: string; outcome: Outcome; isPassing: boolean } | null {
  const row = parseJson(line) as
    | { file?: unknown; pass?: unknown; error?: { code?: unknown } | null }
    | null
    | undefined;
  if (typeof row?.file !== 'string') return null;
  if (row.error !== undefined) {
    return { file: row.file, outcome: 'error', isPassing: isPassing(row.error?.code) };
  }
  if (typeof row.pass !== 'boolean') return null;
  return { file: row.file, outcome: row.pass ? 'pass' : 'fail', isPassing: false };
}

/** Whether bytes can be a row whose end was not written: they begin like one, and are nothing else. */
function isTorn(bytes: Buffer): boolean {
  const start = ROW_START.subarray(0, bytes.length);
  if (bytes.length > MOST_ROW_BYTES || !bytes.subarray(0, start.length).equals(start)) return false;
  return parseJson(bytes) === undefined || parseRow(bytes) !== null;
}

/** @returns undefined for what is not JSON */
function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

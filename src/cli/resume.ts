import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { pathOf } from './file-name.ts';
import type { Outcome } from './format.ts';

const NEWLINE = 0x0a;

/** What an earlier run left in its NDJSON. */
export interface Past {
  /** Files that have a row. */
  readonly files: ReadonlySet<string>;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Length of the complete rows in bytes: a run that was stopped may have torn the last one. */
  readonly length: number;
}

/** Before a run that has not begun. */
export const NOTHING: Past = { files: new Set(), counts: { pass: 0, fail: 0, error: 0 }, length: 0 };

/**
 * Reads how far a run came. A file that is not there is a run that has not begun. It is read row by row, however
 * long it is.
 *
 * @param path the NDJSON that `check --json` wrote
 * @throws DetectError `resume.invalid` for a complete line that is not a row, `file.unreadable`
 */
export async function readPast(path: string): Promise<Past> {
  const files = new Set<string>();
  const counts: Record<Outcome, number> = { pass: 0, fail: 0, error: 0 };
  let length = 0;
  try {
    for await (const line of completeLines(path)) {
      length += line.length + 1;
      const row = parseRow(line, path, files.size + 1);
      files.add(row.file);
      counts[row.outcome]++;
    }
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING;
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.unreadable, { called: path }), { cause });
  }
  return { files, counts, length };
}

async function* completeLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  if (!(await stat(pathOf(path))).isFile())
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.notFile, { path }));
  for await (const chunk of createReadStream(pathOf(path)) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
}

function parseRow(line: Buffer, path: string, number: number): { file: string; outcome: Outcome } {
  let row: { file?: unknown; pass?: unknown; error?: unknown } | null;
  try {
    row = JSON.parse(line.toString('utf8'));
  } catch {
    row = null;
  }
  if (typeof row?.file !== 'string' || (typeof row.pass !== 'boolean' && row.error === undefined)) {
    throw new DetectError('resume.invalid', fill(COMMAND_DETAILS.notRow, { number, path }));
  }
  return { file: row.file, outcome: row.error !== undefined ? 'error' : row.pass ? 'pass' : 'fail' };
}

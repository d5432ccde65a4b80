import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { type CliContext, write } from './context.ts';
import { pathOf } from './file-name.ts';

/** Where results go. */
export interface Output {
  /** Whether it is a file, and no pipe, device or standard output. */
  readonly isFile: boolean;
  /** Writes and waits until it is on its way, so that nothing piles up in memory. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file for results, or standard output, on which nothing is printed in a quiet run.
 *
 * @param path  undefined for standard output
 * @param start how many bytes of the file are kept; what is behind them is cut off
 * @throws DetectError `file.unwritable`
 */
export async function openOutput(
  { stdout, isQuiet }: Pick<CliContext, 'stdout' | 'isQuiet'>,
  path: string | undefined,
  start = 0,
): Promise<Output> {
  if (path === undefined) {
    return {
      isFile: false,
      write: async (text) => (isQuiet ? undefined : write(stdout, text)),
      close: async () => undefined,
    };
  }
  return orUnwritable(path, async () => {
    const file = await openForWriting(path, start > 0 ? 'r+' : 'w');
    const isRegular = (await file.stat()).isFile();
    if (isRegular) await file.truncate(start);
    // A pipe or a device has no places: what is written goes behind what was.
    let position = isRegular ? start : null;
    return {
      isFile: isRegular,
      write: (text) =>
        orUnwritable(path, async () => {
          const bytes = Buffer.from(text);
          // One call a row: a row is torn only if the machine stops within it.
          for (let from = 0; from < bytes.length; ) {
            const { bytesWritten } = await file.write(bytes, from, bytes.length - from, position);
            from += bytesWritten;
            if (position !== null) position += bytesWritten;
          }
        }),
      close: () => orUnwritable(path, () => file.close()),
    };
  });
}

/**
 * What comes before CSV: in a file the byte order mark, without which Excel takes UTF-8 for the system's own encoding and garbles
 * Chinese; nothing in a pipe, where programs read and would find the mark in the first column's name.
 */
export function csvMark({ isFile }: Output): string {
  return isFile ? '\uFEFF' : '';
}

/** Opens without waiting for a reader, where it is a pipe: there is one, as behind a shell's `>(…)`, or it is an error. */
async function openForWriting(path: string, flags: 'r+' | 'w'): Promise<FileHandle> {
  // On its own, since what is written later may well wait for the reader.
  const probe = await open(pathOf(path), constants.O_WRONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENXIO') throw error;
      return undefined;
    },
  );
  try {
    return await open(pathOf(path), flags);
  } finally {
    await probe?.close();
  }
}

/** @throws DetectError `file.unwritable` of the path for whatever keeps the work from being done */
export async function orUnwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DetectError('file.unwritable', fill(COMMAND_DETAILS.unwritable, { path }), { cause });
  }
}

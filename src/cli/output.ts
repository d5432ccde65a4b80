import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DetectError } from '../wire/errors.ts';
import { type CliContext, write } from './context.ts';

/** Where results go. */
export interface Output {
  /** Writes and waits until it is on its way, so that nothing piles up in memory. */
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file for results, or standard output.
 *
 * @param path  undefined for standard output
 * @param start how many bytes of the file are kept; what is behind them is cut off
 * @throws DetectError `file.unwritable`
 */
export async function openOutput(
  { stdout }: CliContext,
  path: string | undefined,
  start = 0,
): Promise<Output> {
  if (path === undefined) return { write: (text) => write(stdout, text), close: async () => undefined };
  return orUnwritable(path, async () => {
    const file = await open(path, start > 0 ? 'r+' : 'w');
    await file.truncate(start);
    let position = start;
    return {
      write: (text) =>
        orUnwritable(path, async () => {
          const bytes = Buffer.from(text);
          // One call a row: a row is torn only if the machine stops within it.
          for (let from = 0; from < bytes.length; ) {
            const { bytesWritten } = await file.write(bytes, from, bytes.length - from, position);
            from += bytesWritten;
            position += bytesWritten;
          }
        }),
      close: () => file.close(),
    };
  });
}

/**
 * Writes a whole file, with the folders that it is in. It appears under its name when it is complete.
 *
 * @throws DetectError `file.unwritable`
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await orUnwritable(path, async () => {
    const part = `${path}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(part, bytes);
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  });
}

async function orUnwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DetectError('file.unwritable', `${path} cannot be written.`, { cause });
  }
}

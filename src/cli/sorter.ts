import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_DETAILS, DetectError } from '../errors.ts';

/** Texts that come in any order, and are given back in that of their numbers. */
export interface Sorter {
  add(by: number, text: string): Promise<void>;
  /** The texts, that of the highest number first; of equal ones the one that came first. */
  sorted(): AsyncGenerator<string>;
  close(): Promise<void>;
}

/**
 * Opens a sorter. A million rows of JSON are 12 GB, so it keeps them in a file without a name, and in memory only where each is.
 *
 * @throws DetectError `file.unwritable`
 */
export async function openSorter(): Promise<Sorter> {
  const file = await orUnwritable(openNameless);
  const places: { readonly by: number; readonly at: number; readonly length: number }[] = [];
  let end = 0;
  return {
    async add(by, text) {
      await orUnwritable(() => file.appendFile(text));
      const length = Buffer.byteLength(text);
      places.push({ by, at: end, length });
      end += length;
    },
    async *sorted() {
      places.sort((a, b) => b.by - a.by || a.at - b.at);
      for (const { at, length } of places) {
        const { buffer } = await orUnwritable(() => file.read(Buffer.alloc(length), 0, length, at));
        yield buffer.toString('utf8');
      }
    },
    close: () => file.close(),
  };
}

/** A file that only this process has, and that is gone with it, however it ends. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-sort-'));
  try {
    return await open(join(folder, 'rows'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function orUnwritable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DetectError('file.unwritable', COMMAND_DETAILS.noTemporary, { cause });
  }
}

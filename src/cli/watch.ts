import { join, relative, resolve } from 'node:path';
import { watch } from 'chokidar';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { isPictureName } from './files.ts';
import type { Picture } from './run.ts';

/** A file whose size has not changed for this long, in milliseconds, is taken to be complete. */
const SETTLED_MS = 1_000;
/** How often the size is looked at, in milliseconds. */
const POLL_MS = 100;

/**
 * The pictures below a folder: first those that are there, then each new or changed one once it is completely
 * written. It ends when the signal is aborted.
 *
 * @param except folders below it that are written into, and so left out
 * @throws DetectError `option.invalid` where it is one of these
 */
export async function* watchFolder(
  folder: string,
  except: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Picture> {
  const left = except.map((one) => resolve(one));
  if (left.includes(resolve(folder))) {
    throw new DetectError('option.invalid', fill(COMMAND_DETAILS.readAndWritten, { folder }));
  }
  const found: Picture[] = [];
  let wake: () => void = () => undefined;
  const watcher = watch(folder, {
    awaitWriteFinish: { stabilityThreshold: SETTLED_MS, pollInterval: POLL_MS },
    ignored: (path, stats) =>
      left.includes(resolve(path)) || (stats?.isFile() === true && !isPictureName(path)),
  });
  const add = (path: string) => {
    const name = relative(folder, path);
    found.push({ file: join(folder, name), name });
    wake();
  };
  const onAbort = () => wake();
  watcher.on('add', add).on('change', add);
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const next = found.shift();
      if (next !== undefined) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await watcher.close();
  }
}

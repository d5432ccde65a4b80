import { stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { watch } from 'chokidar';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { pathOf } from './file-name.ts';
import { type FoundFile, isPictureName } from './files.ts';

/** A file whose size has not changed for this long, in milliseconds, is taken to be complete. */
const SETTLED_MS = 1_000;
/** How often to look at the size, in milliseconds. */
const POLL_MS = 100;
/** How often to look whether the folder is still there, in milliseconds. */
const LOOK_MS = 1_000;
/** What keeps one folder below from being watched, and no other. */
const FORBIDDEN = ['EACCES', 'EPERM'];

/**
 * The pictures below a folder: first those that are there, then each new or changed one once it is completely
 * written. It ends when the signal is aborted, and where nothing more could be seen: when the folder is gone, even if there is
 * another one in its place by now, or the system has no more room for watching. That is the last one's problem.
 *
 * @param except folders below it that are written into, and so left out
 * @throws DetectError `option.invalid` where it is one of these
 */
export async function* watchFolder(
  folder: string,
  except: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<FoundFile> {
  const left = except.map((one) => resolve(one));
  if (left.includes(resolve(folder))) {
    throw new DetectError('option.invalid', fill(COMMAND_DETAILS.readAndWritten, { folder }));
  }
  const found: FoundFile[] = [];
  const forbidden = new Set<string>();
  let isBlind = false;
  let wake: () => void = () => undefined;
  const watcher = watch(folder, {
    awaitWriteFinish: { stabilityThreshold: SETTLED_MS, pollInterval: POLL_MS },
    ignored: (path, stats) =>
      left.includes(resolve(path)) || (stats?.isFile() === true && !isPictureName(path)),
  });
  const add = (path: string, problem?: DetectError) => {
    const name = relative(folder, path);
    found.push({ file: join(folder, name), name, ...(problem && { problem }) });
    wake();
  };
  const end = (problem: DetectError) => {
    if (isBlind) return;
    isBlind = true;
    found.push({ file: folder, name: basename(resolve(folder)), problem });
    wake();
  };
  const endGone = () =>
    end(new DetectError('file.unreadable', fill(COMMAND_DETAILS.watchedGone, { folder })));
  const onError = (cause: unknown) => {
    const { code = '', path = folder } = cause as NodeJS.ErrnoException;
    const problem = new DetectError('file.unreadable', fill(COMMAND_DETAILS.folderUnreadable, { path }), {
      cause,
    });
    if (resolve(path) === resolve(folder) || !FORBIDDEN.includes(code)) end(problem);
    else if (!forbidden.has(path)) add(path, problem);
    forbidden.add(path);
  };
  const onAbort = () => wake();
  watcher
    .on('add', (path) => add(path))
    .on('change', (path) => add(path))
    .on('unlinkDir', (path) => resolve(path) === resolve(folder) && endGone())
    .on('error', onError);
  signal.addEventListener('abort', onAbort);
  const isSame = await recognizer(folder);
  // Of a folder that another one takes the place of at once, the watcher says nothing.
  const timer = setInterval(async () => {
    if (!(await isSame())) endGone();
  }, LOOK_MS);
  try {
    while (!signal.aborted) {
      const next = found.shift();
      if (next !== undefined) yield next;
      else if (isBlind) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', onAbort);
    await watcher.close();
  }
}

/** Tells a folder from those that come in its place later, as soon as something is in them. */
async function recognizer(folder: string): Promise<() => Promise<boolean>> {
  const look = () => stat(pathOf(folder), { bigint: true }).catch(() => undefined);
  const first = await look();
  return async () => {
    const now = await look();
    if (first === undefined || now === undefined) return false;
    // The next folder may get the number of one that was deleted, but not its birth. Where nobody knows that, Node tells the last change.
    const isBornLater = now.birthtimeNs !== first.birthtimeNs && now.birthtimeNs !== now.ctimeNs;
    return now.dev === first.dev && now.ino === first.ino && !isBornLater;
  };
}

import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  lstat,
  open,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { makeFolder } from '../store/folder.ts';
import type { CliContext } from './context.ts';
import { nameOf, pathOf } from './file-name.ts';
import { type Output, openOutput, orUnwritable } from './output.ts';

/** Of a name that nobody guesses and nobody has yet. */
const RANDOM_BYTES = 6;
/** The system's codes for a disk without room, and for a quota that is used up. */
const FULL = ['ENOSPC', 'EDQUOT'];
/** The system's codes where no file can be made beside another one, or put in its place, though that one can be written. */
const NOT_BESIDE = ['EACCES', 'EPERM', 'EROFS', 'EBUSY'];
/** Open files by name, such as /dev/stdout: another file in their place would not be them. */
const OPEN_FILES = /^\/(?:dev\/(?:fd\/|std)|proc\/)/;

/**
 * Writes a whole file, with the folders that it is in. It appears under its name when it is complete.
 *
 * @throws DetectError `file.unwritable`
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await orUnwritable(path, async () => {
    const folder = dirname(path);
    const draft = draftBeside(path);
    makeFolder(pathOf(folder));
    try {
      await writeFile(pathOf(draft), bytes, { flag: 'wx' });
      await rename(pathOf(draft), pathOf(path));
    } catch (error) {
      await rm(pathOf(draft), { force: true });
      throw error;
    }
  });
}

/**
 * The same as `openOutput`, of a file that is of use only when it is complete: it appears under its name when it is closed. Where
 * it cannot be written to its end, nothing of it is left, and a file of that name stays as it was. Pipes and devices take what
 * is written at once.
 *
 * @param isRead whether the file is read meanwhile: where no other one can be put in its place, it stays as it is
 * @throws DetectError `file.unwritable`, the same once more from every call after a failed one
 */
export async function openWhole(
  context: CliContext,
  path: string | undefined,
  { isRead = false } = {},
): Promise<Output> {
  const inPlace = (cause?: unknown) => {
    if (isRead && path !== undefined) throw unwritable(path, cause);
    return openOutput(context, path);
  };
  // What names no file fails there at once, and not when the work is done.
  const isNamed = path !== undefined && path !== '' && !path.endsWith('/') && !path.endsWith(sep);
  if (!isNamed || OPEN_FILES.test(resolve(path))) return inPlace();
  const there = await orUnwritable(path, () => writableAt(path));
  if (there !== undefined && !there.isFile()) return inPlace();
  const target = there ? nameOf(await realpath(pathOf(path), 'buffer')) : path;
  const draft = draftBeside(target);
  let file: FileHandle;
  try {
    file = await open(pathOf(draft), 'wx');
  } catch (cause) {
    // A file that can be written, in a folder that cannot.
    if (there !== undefined && isOf(NOT_BESIDE, cause)) return inPlace(cause);
    throw unwritable(path, cause);
  }
  let failed: DetectError | undefined;
  const orRemoved = async (work: () => Promise<unknown>) => {
    if (failed !== undefined) throw failed;
    try {
      await work();
    } catch (cause) {
      failed = unwritable(path, cause);
      await file.close().catch(() => undefined);
      await rm(pathOf(draft), { force: true }).catch(() => undefined);
      throw failed;
    }
  };
  return {
    isFile: true,
    write: (text) => orRemoved(() => file.writeFile(text)),
    close: () =>
      orRemoved(async () => {
        if (there !== undefined) await file.chmod(there.mode & 0o777);
        await file.close();
        await replace(draft, target);
      }),
  };
}

/** What is at a path and can be written; undefined where nothing is. A link that leads nowhere yet is there, and no file. */
async function writableAt(path: string): Promise<Stats | undefined> {
  const entry = await stat(pathOf(path)).catch(() => lstat(pathOf(path)).catch(orNothing));
  if (entry?.isFile()) await (await open(pathOf(path), 'r+')).close();
  return entry;
}

function orNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function draftBeside(path: string): string {
  return join(dirname(path), `.${randomBytes(RANDOM_BYTES).toString('hex')}.part`);
}

/** Puts the draft in the place of a file, or into one that keeps its place, as what a container has mounted does. */
async function replace(draft: string, path: string): Promise<void> {
  try {
    await rename(pathOf(draft), pathOf(path));
  } catch (error) {
    if (!isOf(NOT_BESIDE, error)) throw error;
    await copyFile(pathOf(draft), pathOf(path));
    await rm(pathOf(draft), { force: true });
  }
}

function unwritable(path: string, cause: unknown): DetectError {
  const detail = isOf(FULL, cause) ? COMMAND_DETAILS.diskFull : COMMAND_DETAILS.unwritable;
  return new DetectError('file.unwritable', fill(detail, { path }), { cause });
}

function isOf(codes: readonly string[], error: unknown): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

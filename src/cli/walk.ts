/** What is below a folder. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { nameOf, pathOf } from './file-name.ts';

/** Something below a folder. */
export interface Found {
  /** Its path below the folder. */
  readonly name: string;
  /** Why nobody can look at it, where that is known already: a folder that cannot be read. */
  readonly problem?: DetectError;
}

/** Options of {@link walk}. */
export interface WalkOptions {
  /** Whether a file is wanted, by its name. */
  readonly isWanted: (name: string) => boolean;
  /** Folders that are left out: those that are written into. */
  readonly except: readonly string[];
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Lists what is wanted below a folder, links followed, each folder once. Hidden files and folders are left out. What is
 * called like a picture and is a pipe, a socket or a broken link is listed too: whoever reads it, says so.
 */
export async function walk(top: string, { isWanted, except, signal }: WalkOptions): Promise<Found[]> {
  const found: Found[] = [];
  // Where a link leads back up, or two lead to the same place, a folder is met again.
  const seen = new Set<string>();
  for (const folder of except) {
    const id = await idOf(folder);
    if (id !== undefined) seen.add(id);
  }
  const topId = await idOf(top);
  if (topId !== undefined && seen.has(topId)) {
    throw new DetectError('option.invalid', fill(COMMAND_DETAILS.readAndWritten, { folder: top }));
  }
  const open = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    signal.throwIfAborted();
    const path = join(top, below);
    const id = await idOf(path);
    if (id !== undefined && seen.has(id)) continue;
    if (id !== undefined) seen.add(id);
    try {
      for (const entry of await readdir(pathOf(path), { withFileTypes: true, encoding: 'buffer' })) {
        const name = join(below, nameOf(entry.name));
        if (entry.name[0] === DOT) continue;
        if (await isFolder(entry, join(top, name))) open.push(name);
        else if (isWanted(name)) found.push({ name });
      }
    } catch (cause) {
      const problem = new DetectError('file.unreadable', fill(COMMAND_DETAILS.folderUnreadable, { path }), {
        cause,
      });
      if (below === '') throw problem;
      found.push({ name: below, problem });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const DOT = '.'.charCodeAt(0);

async function isFolder(entry: Dirent<Buffer>, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await stat(pathOf(path)).catch(() => undefined))?.isDirectory() ?? false;
}

/** What a folder is called by the system; undefined where it is not there. */
async function idOf(folder: string): Promise<string | undefined> {
  const entry = await stat(pathOf(folder), { bigint: true }).catch(() => undefined);
  return entry && `${entry.dev}:${entry.ino}`;
}

/**
 * Making the file of a database without ever opening the file of a live one.
 *
 * SQLite keeps processes apart by POSIX locks, and the system drops all locks that a process has on a file as soon as
 * it closes any descriptor of that file (https://sqlite.org/howtocorrupt.html, 2.2). A server whose locks are gone
 * looks dead to the next command, which then takes itself for the last one and deletes the log. So nothing of ours
 * opens, reads, copies or closes a database, its `-wal` or its `-shm`: what is to be known is asked by path, or of SQLite.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../folder.ts';

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
const SUFFIX_BYTES = 8;

/**
 * Makes the directory and an empty file, for the owner's eyes only, where they are missing; a file that is there keeps
 * its mode. SQLite gives its `-wal` and `-shm` files the mode of this one. Any number of processes may do so at once.
 *
 * @returns what is to be done once SQLite has opened the file
 */
export function makeFile(file: string): () => void {
  makeFolder(dirname(file), DIRECTORY_MODE);
  if (existsSync(file)) return () => undefined;
  // Made under a name that nobody knows, closed, and only then given its own, which fails where another was faster.
  const draft = `${file}.${randomBytes(SUFFIX_BYTES).toString('hex')}.new`;
  closeSync(openSync(draft, 'wx', FILE_MODE));
  try {
    linkSync(draft, file);
  } catch {
    if (existsSync(file)) return () => undefined;
    // A file system without hard links: SQLite makes the file, open to more eyes until the mode is set, and empty as long.
    return () => chmodSync(file, FILE_MODE);
  } finally {
    rmSync(draft);
  }
  return () => undefined;
}

import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { pathOf } from './file-name.ts';

/** Longest name of a file, in bytes, on the file systems in use. */
const MOST_NAME_BYTES = 255;
/** Of a hash of the whole name. */
const MARK_DIGITS = 8;

/**
 * A path for a new file whose name may be longer than file systems take, as one that was made of another name: what is too long is cut
 * off before the ending, and in its place stands what tells it from others that begin the same.
 */
export function fitting(path: string): string {
  const name = basename(path);
  if (bytesOf(name) <= MOST_NAME_BYTES) return path;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, MARK_DIGITS)}`;
  const end = mark + extname(name);
  const characters = [...name.slice(0, name.length - extname(name).length)];
  while (bytesOf(characters.join('') + end) > MOST_NAME_BYTES && characters.length > 0) characters.pop();
  return join(dirname(path), characters.join('') + end);
}

function bytesOf(name: string): number {
  return Buffer.from(pathOf(name)).length;
}

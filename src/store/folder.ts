import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it is in, where they are missing. Not `recursive`: on a path that no folder can be made
 * in, below /proc for one, Node 20 would try for ever.
 *
 * @param mode of each that is made; the usual one if left out
 */
export function makeFolder(folder: string | Buffer, mode?: number): void {
  if (existsSync(folder)) return;
  const parent = parentOf(folder);
  if (parent.length < folder.length) makeFolder(parent, mode);
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Byte for byte, since a path need not be UTF-8. */
function parentOf(folder: string | Buffer): string | Buffer {
  if (typeof folder === 'string') return dirname(folder);
  return Buffer.from(dirname(folder.toString('latin1')), 'latin1');
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { DetectError } from '../wire/errors.ts';
import { STDIN } from './files.ts';

/** Downloads that may be under way besides the inspections: they wait for others most of the time. */
export const DOWNLOADS_AHEAD = 8;

/** Whether an argument is an address, and no file. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/**
 * Reads a list of addresses: one a line; empty lines, and those that begin with #, are left out.
 *
 * @param path of the list, or `-` for standard input
 * @throws DetectError `file.unreadable`
 */
export async function readUrlList(path: string, stdin: NodeJS.ReadableStream): Promise<string[]> {
  const list = await (path === STDIN ? text(stdin) : readFile(path, 'utf8')).catch((cause: unknown) => {
    throw new DetectError('file.unreadable', `The list of addresses ${path} cannot be read.`, { cause });
  });
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

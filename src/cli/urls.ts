import { addAbortSignal, type Readable } from 'node:stream';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { STDIN } from './files.ts';
import { readStream, readText } from './read-file.ts';

/** Downloads that may be under way beside the inspections: they wait for others most of the time. */
export const DOWNLOADS_AHEAD = 8;

/** Longest list in bytes: a million addresses of 250 characters. */
const MAX_BYTES = 256 * 2 ** 20;

/** Whether an argument is an address, and no file. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/**
 * Reads a list of addresses: one a line; empty lines, and those that begin with #, are left out.
 *
 * @param path of the list, or `-` for standard input
 * @param signal ends it, where it is read from standard input
 * @throws DetectError `file.unreadable`
 */
export async function readUrlList(
  path: string,
  stdin: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<string[]> {
  const list =
    path === STDIN ? await readStdin(stdin, signal) : await readText(path, 'list of addresses', MAX_BYTES);
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

async function readStdin(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  const tooLarge = () =>
    new DetectError('file.unreadable', fill(COMMAND_DETAILS.longList, { most: MAX_BYTES }));
  try {
    // A list that is being typed is ended by Ctrl-C, as any other command is.
    addAbortSignal(signal, stdin as Readable);
    return (await readStream(stdin, MAX_BYTES, tooLarge)).toString('utf8');
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('file.unreadable', COMMAND_DETAILS.stdinUnreadable, { cause });
  }
}

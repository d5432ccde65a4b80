import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ALLOW_VARIABLE } from '../download/allow.ts';
import { createDownloader } from '../download/download.ts';
import { DetectError } from '../wire/errors.ts';
import { STDIN } from './files.ts';

/** Downloads that may be under way besides the inspections: they wait for others most of the time. */
export const DOWNLOADS_AHEAD = 8;
/** Longest download, in milliseconds: nobody waits at the other end of a command line, as one does of a service. */
const DOWNLOAD_LIMIT_MS = 60_000;

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

/** Downloads pictures from public addresses, and from what `LPD_DOWNLOAD_ALLOW` opens. */
export interface UrlReader {
  /** @throws DetectError `url.invalid`, `download.*` */
  read(url: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * @param signal ends the downloads under way
 * @throws DetectError `option.invalid` for an allow-list that cannot be read
 */
export function createUrlReader(env: NodeJS.ProcessEnv, signal: AbortSignal): UrlReader {
  const downloader = createDownloader({ allow: env[ALLOW_VARIABLE] ?? '' });
  return {
    read: async (url) => (await downloader.download(url, { signal, deadlineMs: DOWNLOAD_LIMIT_MS })).bytes,
    close: () => downloader.close(),
  };
}

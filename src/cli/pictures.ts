import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { COMMAND_DETAILS, DetectError } from '../errors.ts';
import { pathOf } from './file-name.ts';
import { EmptyFolder, type FoundFile, listFiles, readPicture } from './files.ts';
import type { Picture } from './run.ts';
import type { UrlReader } from './url-reader.ts';
import { DOWNLOADS_AHEAD, isUrl, readUrlList } from './urls.ts';
import { watchFolder } from './watch.ts';

/** What reading needs of the process. */
interface Process {
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
}

/** The pictures that a call names, and how they are read. */
export interface Pictures {
  /** As they come, where nobody knows how many there will be. */
  readonly list: readonly Picture[] | AsyncIterable<Picture>;
  /** @throws DetectError for a picture that cannot be read, downloaded, or is too large */
  read(file: string): Promise<Uint8Array>;
  /** How many to read ahead. */
  readonly ahead: number;
  close(): Promise<void>;
}

/** Options of {@link openPictures}. */
export interface PicturesOptions {
  /** Ends what is being downloaded. */
  readonly signal: AbortSignal;
  /** A file with addresses. */
  readonly urlList?: string | undefined;
  /** Folders that the results go into: what is in them is not looked at. */
  readonly except?: readonly string[];
  /** Size from which on a file is refused; the contract's if left out. */
  readonly maxBytes?: number;
}

/**
 * Finds what arguments and a list of addresses name, in their order, each picture once.
 *
 * @param names files, folders, glob patterns, addresses, or `-`
 * @throws DetectError `file.unreadable` for an argument that names nothing, `call.invalid`
 */
export async function openPictures(
  { stdin, env }: Process,
  names: readonly string[],
  { signal, urlList, except = [], maxBytes }: PicturesOptions,
): Promise<Pictures & { readonly list: readonly Picture[] }> {
  if (names.length === 0 && urlList === undefined) {
    throw new DetectError('call.invalid', COMMAND_DETAILS.noPictureNamed);
  }
  const lists: FoundFile[][] = [];
  const empty: EmptyFolder[] = [];
  for (const name of names) {
    const found = isUrl(name) ? [namedByUrl(name)] : await filesOrEmpty(name, { except, signal });
    if (found instanceof EmptyFolder) empty.push(found);
    lists.push(found instanceof EmptyFolder ? [{ file: name, name: basename(name), problem: found }] : found);
  }
  const [first] = empty;
  if (first !== undefined && empty.length === names.length && urlList === undefined) throw first;
  const listed = urlList === undefined ? [] : await readUrlList(urlList, stdin, signal);
  // What stands in a list of addresses is one, however it looks: the gate of the download says what is wrong.
  const urls = new Set([...names.filter(isUrl), ...listed]);
  const found = [...lists.flat(), ...listed.map(namedByUrl)];
  const problems = new Map(found.flatMap(({ file, problem }) => (problem ? [[file, problem]] : [])));
  let downloads: Promise<UrlReader> | undefined;
  return {
    list: distinct(found),
    async read(file) {
      const problem = problems.get(file);
      if (problem) throw problem;
      if (!urls.has(file)) return readPicture(file, stdin, maxBytes);
      // HTTP is loaded when the first address is read, and not for files.
      downloads ??= import('./url-reader.ts').then(({ createUrlReader }) => createUrlReader(env, signal));
      return (await downloads).read(file);
    },
    ahead: urls.size > 0 ? DOWNLOADS_AHEAD : 1,
    async close() {
      // Reading has told if there is none.
      const reader = await downloads?.catch(() => undefined);
      await reader?.close();
    },
  };
}

async function filesOrEmpty(
  name: string,
  options: Parameters<typeof listFiles>[1],
): Promise<FoundFile[] | EmptyFolder> {
  try {
    return await listFiles(name, options);
  } catch (error) {
    if (error instanceof EmptyFolder) return error;
    throw error;
  }
}

/**
 * The pictures of a folder, those that will come included, until the signal is aborted.
 *
 * @throws DetectError `call.invalid` for anything but one folder
 */
export async function watchPictures(
  { stdin }: Process,
  names: readonly string[],
  { signal, except = [] }: PicturesOptions,
): Promise<Pictures> {
  const [folder, ...others] = names;
  const entry =
    folder === undefined || others.length > 0 ? null : await stat(pathOf(folder)).catch(() => null);
  if (folder === undefined || !entry?.isDirectory()) {
    throw new DetectError('call.invalid', COMMAND_DETAILS.oneFolder);
  }
  const problems = new Map<string, DetectError>();
  return {
    list: noting(watchFolder(folder, except, signal), problems),
    async read(file) {
      const problem = problems.get(file);
      // It may come again, when it can be read.
      problems.delete(file);
      if (problem) throw problem;
      return readPicture(file, stdin);
    },
    ahead: 1,
    close: async () => undefined,
  };
}

/** Pictures as they come; what is wrong with one is noted, for whoever reads it. */
async function* noting(
  found: AsyncIterable<FoundFile>,
  problems: Map<string, DetectError>,
): AsyncGenerator<Picture> {
  for await (const { file, name, problem } of found) {
    if (problem) problems.set(file, problem);
    yield { file, name };
  }
}

/** Longest name that is made of an address, in characters: file systems take 255 bytes, and ours get endings. */
const LONGEST_NAME = 150;

/** An address's last part as a file's name, without anything that would make it a path. */
function namedByUrl(url: string): FoundFile {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const last = path.split('/').findLast((part) => part !== '') ?? 'picture';
  return {
    file: url,
    name: last
      .slice(-LONGEST_NAME)
      .replaceAll(/[^\w.-]+/g, '_')
      .replace(/^\.+/, '_'),
  };
}

/** Each file once, and each with a name of its own: `a.jpg`, `a-2.jpg`, … */
function distinct(found: readonly FoundFile[]): Picture[] {
  const files = new Set<string>();
  const names = new Set<string>();
  // Where to go on for a name that many have: to begin at 2 for each would take all the longer, the more there are.
  const next = new Map<string, number>();
  return found.flatMap(({ file, name }) => {
    if (files.has(file)) return [];
    files.add(file);
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    let unique = name;
    for (let i = next.get(name) ?? 2; names.has(unique); i++) {
      unique = `${stem}-${i}${ending}`;
      next.set(name, i + 1);
    }
    names.add(unique);
    return [{ file, name: unique }];
  });
}

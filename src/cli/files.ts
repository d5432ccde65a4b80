import { lstat, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { MAX_BYTES } from '../core/image/limits.ts';
import { PICTURE_ENDINGS } from '../core/image/picture-endings.ts';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { pathOf } from './file-name.ts';
import { readRegular, readStream } from './read-file.ts';
import { type Found, type WalkOptions, walk } from './walk.ts';

/** The name that stands for the picture on standard input. */
export const STDIN = '-';

/** A file that an argument names. */
export interface FoundFile extends Found {
  readonly file: string;
  /** Its path below the folder that was named, or its own name. */
  readonly name: string;
}

/** A folder without pictures: beside others that have some, it is one that could not be looked at. */
export class EmptyFolder extends DetectError {
  /** @param name the folder, as it was named */
  constructor(name: string) {
    super('file.unreadable', fill(COMMAND_DETAILS.noPictures, { name }));
  }
}

/**
 * The files that an argument names: a file as it is, a folder with all pictures below it (in the order of their
 * names), a glob pattern that the shell left alone.
 *
 * @param except folders below it that are written into, and so left out
 * @throws DetectError `file.unreadable` for an argument that names nothing; an {@link EmptyFolder} for a folder without pictures
 */
export async function listFiles(
  name: string,
  { except, signal }: Omit<WalkOptions, 'isWanted'>,
): Promise<FoundFile[]> {
  if (name === STDIN) return [{ file: name, name: 'stdin' }];
  const entry = await stat(pathOf(name)).catch(() => null);
  if (entry?.isDirectory()) {
    const found = await walk(name, { isWanted: isPictureName, except, signal });
    if (found.length === 0) throw new EmptyFolder(name);
    return found.map((one) => ({ ...one, file: join(name, one.name) }));
  }
  if (entry !== null) return [{ file: name, name: basename(name) }];
  // A link that leads nowhere, or a file that may not be seen, is there, and reading it says why it cannot be read.
  const isThere = (await lstat(pathOf(name)).catch(() => null)) !== null;
  if (isThere) return [{ file: name, name: basename(name) }];
  if (isDynamicPattern(name)) return globFiles(name);
  throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.noSuchFile, { name }));
}

async function globFiles(pattern: string): Promise<FoundFile[]> {
  const absolute = isAbsolute(pattern);
  const found = await glob(pattern, { caseSensitiveMatch: false, onlyFiles: true, dot: false, absolute });
  if (found.length === 0)
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.matchesNothing, { pattern }));
  return found.sort().map((file) => ({ file, name: basename(file) }));
}

/** Whether a file's name is that of a picture. */
export function isPictureName(name: string): boolean {
  return PICTURE_ENDINGS.has(extname(name).slice(1).toLowerCase());
}

/**
 * Reads a file that may be a picture; one that is too large is refused before it is read.
 *
 * @param maxBytes size from which on it is too large
 * @throws DetectError `file.unreadable` or `image.bytes`
 */
export async function readPicture(
  name: string,
  stdin: NodeJS.ReadableStream,
  maxBytes = MAX_BYTES,
): Promise<Uint8Array> {
  const tooLarge = (length: number) =>
    new DetectError('image.bytes', fill(COMMAND_DETAILS.fileBytes, { length, most: maxBytes }));
  if (name !== STDIN) return readRegular(name, maxBytes, tooLarge);
  try {
    return await readStream(stdin, maxBytes, tooLarge);
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('file.unreadable', COMMAND_DETAILS.stdinUnreadable, { cause });
  }
}

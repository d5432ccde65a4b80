import { open, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { checkBytes, MAX_BYTES } from '../image/limits.ts';
import { DetectError } from '../wire/errors.ts';

/** Names of pictures, also of formats that are refused: a folder's HEIC files shall be told about, not skipped. */
const PICTURES =
  '**/*.{jpg,jpeg,jpe,jfif,png,apng,bmp,dib,webp,gif,tif,tiff,heic,heif,avif,jxl,jp2,psd,svg,tga}';

/** The name that stands for the picture on standard input. */
export const STDIN = '-';

/**
 * The files that arguments name: a file as it is, a folder with all pictures below it (in the order of their
 * names), a glob pattern that the shell left alone.
 *
 * @throws DetectError `file.unreadable` for an argument that names nothing
 */
export async function listFiles(names: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(names.map(listOne));
  return [...new Set(lists.flat())];
}

async function listOne(name: string): Promise<string[]> {
  if (name === STDIN) return [name];
  const entry = await stat(name).catch(() => null);
  if (entry?.isDirectory()) return globFiles(PICTURES, name, 'has no pictures in it');
  if (entry === null && isDynamicPattern(name)) return globFiles(name, '.', 'matches no file');
  if (entry === null) throw new DetectError('file.unreadable', `There is no file or folder ${name}.`);
  return [name];
}

async function globFiles(pattern: string, folder: string, otherwise: string): Promise<string[]> {
  const absolute = isAbsolute(pattern);
  const options = { cwd: folder, caseSensitiveMatch: false, onlyFiles: true, dot: false, absolute };
  const found = await glob(pattern, options);
  if (found.length === 0) {
    throw new DetectError('file.unreadable', `${folder === '.' ? pattern : folder} ${otherwise}.`);
  }
  return found.sort().map((file) => (folder === '.' ? file : join(folder, file)));
}

/**
 * Reads a file that may be a picture; one that is too large is refused before it is read.
 *
 * @throws DetectError `file.unreadable` or `image.bytes`
 */
export async function readPicture(name: string, stdin: NodeJS.ReadableStream): Promise<Uint8Array> {
  if (name === STDIN) return readStream(stdin);
  try {
    const file = await open(name, 'r');
    try {
      const entry = await file.stat();
      if (!entry.isFile()) throw new DetectError('file.unreadable', `${name} is no file.`);
      checkBytes(entry.size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('file.unreadable', `${name} cannot be read.`, { cause });
  }
}

async function readStream(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    // Enough is known to refuse it; what else comes is of no interest.
    if (length >= MAX_BYTES) checkBytes(length);
  }
  return Buffer.concat(chunks);
}

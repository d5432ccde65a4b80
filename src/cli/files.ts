import { open, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { MAX_BYTES } from '../image/limits.ts';
import { DetectError } from '../wire/errors.ts';

/** Names of pictures, also of formats that are refused: a folder's HEIC files shall be told about, not skipped. */
const PICTURE_ENDINGS =
  'jpg,jpeg,jpe,jfif,png,apng,bmp,dib,webp,gif,tif,tiff,heic,heif,avif,jxl,jp2,psd,svg,tga'.split(',');
const PICTURES = `**/*.{${PICTURE_ENDINGS.join(',')}}`;

/** The name that stands for the picture on standard input. */
export const STDIN = '-';

/** A file that an argument names. */
export interface FoundFile {
  readonly file: string;
  /** Its path below the folder that was named, or its own name. */
  readonly name: string;
}

/**
 * The files that an argument names: a file as it is, a folder with all pictures below it (in the order of their
 * names), a glob pattern that the shell left alone.
 *
 * @throws DetectError `file.unreadable` for an argument that names nothing
 */
export async function listFiles(name: string): Promise<FoundFile[]> {
  if (name === STDIN) return [{ file: name, name: 'stdin' }];
  const entry = await stat(name).catch(() => null);
  if (entry?.isDirectory()) return globFiles(PICTURES, name, 'has no pictures in it');
  if (entry === null && isDynamicPattern(name)) return globFiles(name, null, 'matches no file');
  if (entry === null) throw new DetectError('file.unreadable', `There is no file or folder ${name}.`);
  return [{ file: name, name: basename(name) }];
}

async function globFiles(pattern: string, folder: string | null, otherwise: string): Promise<FoundFile[]> {
  const absolute = isAbsolute(pattern);
  const options = { caseSensitiveMatch: false, onlyFiles: true, dot: false, absolute };
  const found = await glob(pattern, { ...options, cwd: folder ?? '.' });
  if (found.length === 0) throw new DetectError('file.unreadable', `${folder ?? pattern} ${otherwise}.`);
  return found
    .sort()
    .map((file) =>
      folder === null ? { file, name: basename(file) } : { file: join(folder, file), name: file },
    );
}

/** Whether a file's name is that of a picture. */
export function isPictureName(name: string): boolean {
  return PICTURE_ENDINGS.includes(extname(name).slice(1).toLowerCase());
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
  if (name === STDIN) return readStream(stdin, maxBytes);
  try {
    const file = await open(name, 'r');
    try {
      const entry = await file.stat();
      if (!entry.isFile()) throw new DetectError('file.unreadable', `${name} is no file.`);
      checkSize(entry.size, maxBytes);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('file.unreadable', `${name} cannot be read.`, { cause });
  }
}

async function readStream(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    // Enough is known to refuse it; what else comes is of no interest.
    checkSize(length, maxBytes);
  }
  return Buffer.concat(chunks);
}

function checkSize(length: number, maxBytes: number): void {
  if (length < maxBytes) return;
  throw new DetectError(
    'image.bytes',
    `The file has ${length} bytes or more; fewer than ${maxBytes} are read.`,
  );
}

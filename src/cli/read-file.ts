/** Reads files of which nothing is known: what they are, how large, and whether they ever end. */
import { closeSync, constants, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { pathOf } from './file-name.ts';

/** To open a pipe that nobody writes into, or some devices, would wait for ever otherwise. Windows has no such flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** How much is read at a time where a file does not know how long it is, or was wrong. */
const CHUNK_BYTES = 64 * 1024;

/** Says that a file has too many bytes; `length` of them or more. */
export type TooLarge = (length: number) => DetectError;

/**
 * Reads a regular file, and nothing else.
 *
 * @param maxBytes as many or more are too many, and are not read
 * @throws DetectError `file.unreadable`, or `tooLarge`
 */
export async function readRegular(name: string, maxBytes: number, tooLarge: TooLarge): Promise<Uint8Array> {
  return await orUnreadable(name, async () => {
    // Before it is opened: a tape rewinds, and a door bell rings.
    checkRegular(name, await stat(pathOf(name)));
    const file = await open(pathOf(name), WITHOUT_WAITING);
    try {
      const entry = await file.stat();
      checkRegular(name, entry);
      if (entry.size >= maxBytes) throw tooLarge(entry.size);
      return await readToEnd(file, entry.size, maxBytes, tooLarge);
    } finally {
      await file.close();
    }
  });
}

/**
 * The first bytes of a regular file, fewer where it has no more.
 *
 * @throws DetectError `file.unreadable`
 */
export async function readStart(name: string, length: number): Promise<Uint8Array> {
  return await orUnreadable(name, async () => {
    checkRegular(name, await stat(pathOf(name)));
    const file = await open(pathOf(name), WITHOUT_WAITING);
    try {
      const start = Buffer.alloc(length);
      return start.subarray(0, await readInto(file, start));
    } finally {
      await file.close();
    }
  });
}

/**
 * Reads a text file: a list, a policy, a manifest. It may begin with a byte order mark.
 *
 * @param what it is, for the message
 * @throws DetectError `file.unreadable`, also for one of `maxBytes` or more
 */
export async function readText(name: string, what: string, maxBytes: number): Promise<string> {
  const called = `The ${what} ${name}`;
  const tooLarge: TooLarge = (length) =>
    new DetectError('file.unreadable', fill(COMMAND_DETAILS.textBytes, { called, length, most: maxBytes }));
  const stream = await openText(name, what);
  return await orUnreadable(called, async () => textOf(await readStream(stream, maxBytes, tooLarge)));
}

/** Text as editors and Excel save it: in UTF-8, or in UTF-16 with a byte order mark. No mark is left in it. */
function textOf(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}

/**
 * Opens a text file. It may be a pipe too, as a shell's `<(…)` is one.
 *
 * @param what it is, for the message
 * @throws DetectError `file.unreadable`
 */
export async function openText(name: string, what: string): Promise<Readable> {
  const called = `The ${what} ${name}`;
  return await orUnreadable(called, async () => {
    const entry = await stat(pathOf(name)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
      throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.notThere, { called }));
    });
    if (!entry.isFIFO()) checkRegular(called, entry);
    if (entry.isFIFO()) return openPipe(name, called);
    return (await open(pathOf(name), WITHOUT_WAITING)).createReadStream();
  });
}

/** A pipe that somebody writes into; a socket waits for that without holding a thread. */
function openPipe(name: string, called: string): Readable {
  const fd = openSync(pathOf(name), WITHOUT_WAITING);
  const first = Buffer.alloc(CHUNK_BYTES);
  const length = readWithoutWaiting(fd, first);
  if (length === 0) {
    closeSync(fd);
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.silentPipe, { called }));
  }
  const pipe = new Socket({ fd, writable: false });
  if (length !== undefined) pipe.unshift(first.subarray(0, length));
  return pipe;
}

/** @returns undefined where there is nothing yet, and 0 at the end, or where nobody is at the other end */
function readWithoutWaiting(fd: number, room: Buffer): number | undefined {
  try {
    return readSync(fd, room);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

/**
 * Reads a stream to its end.
 *
 * @throws DetectError `tooLarge`, as soon as that is known
 */
export async function readStream(
  stream: AsyncIterable<string | Uint8Array>,
  maxBytes: number,
  tooLarge: TooLarge,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes);
    length += bytes.length;
    if (length >= maxBytes) throw tooLarge(length);
  }
  return Buffer.concat(chunks);
}

async function readToEnd(
  file: FileHandle,
  size: number,
  maxBytes: number,
  tooLarge: TooLarge,
): Promise<Uint8Array> {
  // Not out of Node's pool, all of which a small file would hold.
  const expected = Buffer.allocUnsafeSlow(size);
  const length = await readInto(file, expected);
  if (length < size) return new Uint8Array(expected.subarray(0, length));
  // A file that is being written, or one of /proc, which all have no length.
  const chunks = [expected];
  for (let total = size; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const more = await readInto(file, chunk);
    if (more === 0) return chunks.length === 1 ? expected : Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, more));
    total += more;
    if (total >= maxBytes) throw tooLarge(total);
  }
}

/** @returns how many bytes there were, fewer than there is room for only at the end */
async function readInto(file: FileHandle, room: Buffer): Promise<number> {
  let length = 0;
  while (length < room.length) {
    const { bytesRead } = await file.read(room, length, room.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

function checkRegular(name: string, entry: Stats): void {
  if (entry.isFile()) return;
  const kind = entry.isDirectory()
    ? 'a folder'
    : entry.isFIFO()
      ? 'a pipe'
      : entry.isSocket()
        ? 'a socket'
        : 'a device';
  throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.notAFile, { name, kind }));
}

async function orUnreadable<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.unreadable, { called: name }), { cause });
  }
}

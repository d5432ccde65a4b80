/** Files and folders that outlive a cut of the power, and what their failures are called. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DetectError } from '../errors.ts';

const FILE_MODE = 0o600;
/** What a file is called until it is whole. */
const PART_SUFFIX = '.part';
/** What file systems say that have no hard links. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** A file that is being written, under a name of its own that nobody looks for. */
export class Part {
  readonly path: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @param folder which is there */
  static async open(folder: string): Promise<Part> {
    const path = join(folder, `${randomUUID()}${PART_SUFFIX}`);
    return new Part(path, await open(path, 'wx', FILE_MODE));
  }

  /** How many bytes were written. */
  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#handle.writeFile(chunk);
    this.#bytes += chunk.byteLength;
  }

  /** All of it is on the disk when this resolves. */
  async seal(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Gives it up, unless it was moved elsewhere. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }
}

/** Whether a file is, or was, being written. */
export function isPart(name: string): boolean {
  return name.endsWith(PART_SUFFIX);
}

/**
 * Gives a whole file its name; it is on the disk under it when this resolves.
 *
 * @returns false when there is a file of that name, which stays as it is
 */
export async function giveName(part: string, folder: string, name: string): Promise<boolean> {
  const path = join(folder, name);
  try {
    // Unlike a rename, this never takes another file's place.
    await link(part, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.includes(codeOf(error))) throw error;
    if ((await stat(path).catch(() => undefined)) !== undefined) return false;
    await rename(part, path);
  }
  await syncFolder(folder);
  await rm(part, { force: true });
  return true;
}

/** The names in a folder are on the disk when this resolves. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs none of it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the file system says, as an error of ours. */
export function failure(error: unknown): DetectError {
  if (error instanceof DetectError) return error;
  const code = NO_ROOM.includes(codeOf(error)) ? 'upload.disk_full' : 'upload.unavailable';
  return new DetectError(code, undefined, { cause: error });
}

/** The system's word for an error, such as "ENOENT". */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

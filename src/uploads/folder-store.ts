/** Uploads as files in a folder of this machine, a folder for each key. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';
import { makeFolder } from '../store/folder.ts';
import { codeOf, failure, giveName, Part, syncFolder } from './files.ts';
import type { Place } from './place.ts';
import type { Listed, Stored, UploadStore } from './store.ts';

const FOLDER_MODE = 0o700;
/** What policies are signed with. Whoever has it can upload for any key, but can read nothing. */
const SIGNING_FILE = 'signing.key';
const SIGNING_BYTES = 32;
const KEY_FOLDER = /^[0-9a-f]{16}$/;
const UPLOAD_FILE = /^[0-9a-f]{64}$/;
/** Files that are looked at together when all are listed. */
const LISTED_TOGETHER = 64;
/** How often a folder is made that was removed meanwhile, for being empty. */
const MOST_TRIES = 3;

/** See {@link UploadStore}. */
export class FolderStore implements UploadStore {
  readonly signingKey: Uint8Array;
  readonly #folder: string;

  private constructor(folder: string, signingKey: Uint8Array) {
    this.#folder = folder;
    this.signingKey = signingKey;
  }

  /**
   * Opens a folder, and makes it, for the owner's eyes only, when it is missing.
   *
   * @throws DetectError `upload.unavailable`
   */
  static open(folder: string): Promise<FolderStore> {
    return asOurs(async () => {
      makeFolder(folder, FOLDER_MODE);
      return new FolderStore(folder, await signingKeyOf(folder));
    });
  }

  put({ keyId, name }: Place, file: string): Promise<boolean> {
    return asOurs(async () => {
      const folder = join(this.#folder, keyId);
      for (let tries = 1; ; tries++) {
        const made = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
        if (made !== undefined) await syncFolder(this.#folder);
        try {
          return await giveName(file, folder, name);
        } catch (error) {
          if (codeOf(error) !== 'ENOENT' || tries >= MOST_TRIES) throw error;
        }
      }
    });
  }

  get(place: Place, mostBytes: number): Promise<Stored | undefined> {
    return asOurs(async () => {
      const handle = await open(this.#path(place), 'r').catch(unlessMissing);
      if (handle === undefined) return undefined;
      try {
        const { size, mtimeMs } = await handle.stat();
        return size > mostBytes ? undefined : { bytes: await handle.readFile(), at: mtimeMs };
      } finally {
        await handle.close();
      }
    });
  }

  remove(place: Place): Promise<void> {
    return asOurs(() => rm(this.#path(place), { force: true }));
  }

  async *list(): AsyncIterable<Listed> {
    for (const keyId of await asOurs(() => readdir(this.#folder))) {
      if (!KEY_FOLDER.test(keyId)) continue;
      yield* this.#listKey(keyId);
      // Only where nothing is left in it.
      await rmdir(join(this.#folder, keyId)).catch(() => undefined);
    }
  }

  close(): void {}

  async *#listKey(keyId: string): AsyncIterable<Listed> {
    const names: string[] = [];
    const folder = await opendir(join(this.#folder, keyId)).catch(unlessMissing);
    if (folder === undefined) return;
    for await (const { name } of folder) {
      if (UPLOAD_FILE.test(name)) names.push(name);
    }
    for (let at = 0; at < names.length; at += LISTED_TOGETHER) {
      const places = names.slice(at, at + LISTED_TOGETHER).map((name) => ({ keyId, name }));
      const found = await asOurs(() =>
        Promise.all(places.map((place) => stat(this.#path(place)).catch(unlessMissing))),
      );
      for (const [index, file] of found.entries()) {
        if (file !== undefined) yield { place: places[index]!, bytes: file.size, at: file.mtimeMs };
      }
    }
  }

  #path({ keyId, name }: Place): string {
    return join(this.#folder, keyId, name);
  }
}

/** The folder's key, which is made once, whoever comes first. */
async function signingKeyOf(folder: string): Promise<Uint8Array> {
  const path = join(folder, SIGNING_FILE);
  const known = await readFile(path).catch(unlessMissing);
  if (known === undefined) {
    const part = await Part.open(folder);
    try {
      await part.write(randomBytes(SIGNING_BYTES));
      await part.seal();
      await giveName(part.path, folder, SIGNING_FILE);
    } finally {
      await part.discard();
    }
    return await signingKeyOf(folder);
  }
  if (known.length === SIGNING_BYTES) return known;
  throw new DetectError(
    'upload.unavailable',
    fill(SERVICE_DETAILS.signingFile, { name: SIGNING_FILE, length: SIGNING_BYTES }),
  );
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

async function asOurs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(error);
  }
}

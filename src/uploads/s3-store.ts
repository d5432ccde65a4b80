/** Uploads as objects of an S3-compatible store, for services on several machines. */
import { createHmac } from 'node:crypto';
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { failure, Part } from './files.ts';
import type { Place } from './place.ts';
import { S3Client, type S3Options } from './s3-client.ts';
import type { Listed, Stored, UploadStore } from './store.ts';

/** What the keys of all our objects begin with. */
const PREFIX = 'liveportrait-detect/';
/** An object that is nobody's upload; the store is tried with it. */
const PROBE = `${PREFIX}probe`;
const OBJECT_KEY = new RegExp(`^${PREFIX}([0-9a-f]{16})/([0-9a-f]{64})$`);

/** See {@link UploadStore}. */
export class S3Store implements UploadStore {
  readonly signingKey: Uint8Array;
  readonly #client: S3Client;

  private constructor(options: S3Options) {
    this.#client = new S3Client(options);
    // Whoever shares the store has the same secret, and nobody else.
    this.signingKey = createHmac('sha256', options.secretAccessKey).update(`${PREFIX}policies`).digest();
  }

  /**
   * Opens a bucket, which must be there, and makes sure that it does not overwrite.
   *
   * @param folder for files of a moment; it must be there
   * @throws DetectError `upload.unavailable`; `option.invalid` for a store that knows no `If-None-Match`
   */
  static async open(options: S3Options, folder: string): Promise<S3Store> {
    const store = new S3Store(options);
    try {
      await store.#prove(folder);
      return store;
    } catch (error) {
      store.close();
      throw failure(error);
    }
  }

  put(place: Place, file: string, bytes: number): Promise<boolean> {
    return this.#client.put(keyOf(place), file, bytes);
  }

  get(place: Place, mostBytes: number, signal?: AbortSignal): Promise<Stored | undefined> {
    return this.#client.get(keyOf(place), mostBytes, signal);
  }

  remove(place: Place): Promise<void> {
    return this.#client.remove(keyOf(place));
  }

  async *list(): AsyncIterable<Listed> {
    for await (const { key, bytes, at } of this.#client.list(PREFIX)) {
      const [, keyId, name] = OBJECT_KEY.exec(key) ?? [];
      if (keyId !== undefined && name !== undefined) yield { place: { keyId, name }, bytes, at };
    }
  }

  close(): void {
    this.#client.close();
  }

  async #prove(folder: string): Promise<void> {
    const part = await Part.open(folder);
    try {
      await part.write(Buffer.from('probe'));
      await part.seal();
      await this.#client.put(PROBE, part.path, part.bytes);
      if (!(await this.#client.put(PROBE, part.path, part.bytes))) return;
    } finally {
      await part.discard();
    }
    throw new DetectError('option.invalid', SERVICE_DETAILS.s3Overwrites);
  }
}

function keyOf({ keyId, name }: Place): string {
  return `${PREFIX}${keyId}/${name}`;
}

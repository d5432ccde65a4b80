/** One file on its way in. */
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';
import type { Room } from '../store/disk.ts';
import { failure, Part } from './files.ts';
import type { Claim } from './ledger.ts';
import type { Place } from './place.ts';
import type { UploadStore } from './store.ts';

/** What is known of it before it comes. */
export interface IncomingOptions {
  readonly store: UploadStore;
  /** Where it is written until it is whole. */
  readonly folder: string;
  readonly claim: Claim;
  /** On the disk of `folder`. */
  readonly room: Room;
  readonly place: Place;
  /** Its largest size in bytes. */
  readonly mostBytes: number;
}

/** Written to the disk as it comes, so that it takes no memory. Ends in `keep` or `discard`. */
export class Incoming {
  readonly #options: IncomingOptions;
  readonly #part: Part;

  private constructor(options: IncomingOptions, part: Part) {
    this.#options = options;
    this.#part = part;
  }

  /** @throws DetectError `upload.disk_full`, `upload.unavailable` */
  static async open(options: IncomingOptions): Promise<Incoming> {
    try {
      return new Incoming(options, await Part.open(options.folder));
    } catch (error) {
      throw failure(error);
    }
  }

  /**
   * Takes all of the file.
   *
   * @throws DetectError `upload.bytes`, `upload.disk_full`, `upload.unavailable`; or what the file's stream ends with
   */
  async receive(file: AsyncIterable<Uint8Array>): Promise<void> {
    const { mostBytes, room } = this.#options;
    for await (const chunk of file) {
      if (this.#part.bytes + chunk.byteLength > mostBytes) {
        throw new DetectError('upload.bytes', fill(REQUEST_DETAILS.uploadBytes, { most: mostBytes }));
      }
      await this.#part.write(chunk).catch((error) => {
        throw failure(error);
      });
      room.wrote(chunk.byteLength);
    }
    if (this.#part.bytes === 0) throw new DetectError('upload.bytes', REQUEST_DETAILS.uploadEmpty);
  }

  /**
   * Keeps it. When this resolves, it is there, and outlives the process.
   *
   * @throws DetectError `upload.exists`, `upload.disk_full`, `upload.unavailable`
   */
  async keep(): Promise<void> {
    const { store, claim, place } = this.#options;
    const { path, bytes } = this.#part;
    await this.#part.seal().catch((error) => {
      throw failure(error);
    });
    if (!(await store.put(place, path, bytes))) throw new DetectError('upload.exists');
    claim.settle(bytes);
  }

  /** Gives back what it took, unless it was kept. */
  async discard(): Promise<void> {
    this.#options.claim.release();
    this.#options.room.release();
    await this.#part.discard();
  }
}

/** Uploads of clients: given leave, taken in, read by whoever they belong to, and removed when their time is over. */
import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError } from '../errors.ts';
import { Disk } from '../store/disk.ts';
import { makeFolder } from '../store/folder.ts';
import { isPart } from './files.ts';
import { Incoming } from './incoming.ts';
import { Ledger, type UploadLimits } from './ledger.ts';
import { objectKeyOf, type Place, placeOf } from './place.ts';
import { type Grant, MAX_UPLOAD_BYTES, Signer, type Slip } from './signer.ts';
import type { UploadStore } from './store.ts';

/** How often what is over its time is looked for, in ms; nobody is given it meanwhile. */
const SWEEP_MS = 5 * 60_000;
/** A file that is still being written was begun no longer ago, in ms: uploads may take two minutes. */
const PART_LIFE_MS = 5 * 60_000;
const FOLDER_MODE = 0o700;

/** What uploads are made of. */
export interface UploadsOptions {
  readonly store: UploadStore;
  /** Where files are written that are not whole yet; made when missing. */
  readonly folder: string;
  /** How long an upload lives, in ms. */
  readonly lifeMs: number;
  readonly limits: UploadLimits;
  /** What uploads leave free on the disk of `folder`, in bytes; 0 asks for nothing. */
  readonly floorBytes: number;
  /** Told of what went wrong with the store while nobody waited, for the log. */
  readonly onTrouble: (error: unknown) => void;
}

/** All that can be done with uploads. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #signer: Signer;
  readonly #ledger: Ledger;
  readonly #disk: Disk;
  readonly #closing = new AbortController();
  #sweeps: Promise<void> = Promise.resolve();

  private constructor(options: UploadsOptions) {
    const { store, limits, folder, floorBytes } = options;
    this.#options = options;
    this.#signer = new Signer(store.signingKey);
    this.#ledger = new Ledger(limits);
    this.#disk = new Disk({ folder, floorBytes, refusal: 'upload.disk_full' });
  }

  /**
   * Counts what is there, removes what is over its time, and goes on doing so.
   *
   * @throws DetectError `upload.unavailable`
   */
  static async open(options: UploadsOptions): Promise<Uploads> {
    makeFolder(options.folder, FOLDER_MODE);
    const uploads = new Uploads(options);
    await uploads.sweep();
    uploads.#sweeps = uploads.#goOn();
    return uploads;
  }

  /** The limits, for those who ask for leave. */
  get limits(): UploadLimits {
    return this.#options.limits;
  }

  /** How much is kept. */
  get kept(): { readonly files: number; readonly bytes: number } {
    return this.#ledger.kept;
  }

  /** Leave to upload. */
  grant(keyId: string): Grant {
    return this.#signer.grant(keyId, new Date());
  }

  /**
   * Holds the fields of a form to its policy.
   *
   * @throws DetectError `upload.signature`, `upload.expired`, `upload.policy`, `upload.key`
   */
  check(fields: ReadonlyMap<string, string>): Slip {
    return this.#signer.check(fields, new Date());
  }

  /**
   * Takes room for a file that is about to come.
   *
   * @param expected how many bytes it has at most, if that is known
   * @throws DetectError `upload.key_full`, `upload.full`, `upload.disk_full`, `upload.unavailable`
   */
  async begin({ place, mostBytes }: Slip, expected: number): Promise<Incoming> {
    const bytes = Math.min(expected, mostBytes);
    const claim = this.#ledger.take(place.keyId, bytes);
    try {
      await this.#disk.take(bytes);
      const { store, folder } = this.#options;
      return await Incoming.open({ store, folder, claim, place, mostBytes });
    } catch (error) {
      claim.release();
      throw error;
    }
  }

  /**
   * Reads an upload.
   *
   * @param address `oss://` and the key of the object
   * @param keyId whose it has to be
   * @throws DetectError `upload.unknown`, also for one that is another key's or over its time; `upload.unavailable`
   */
  async read(address: string, keyId: string): Promise<Uint8Array> {
    const place = placeIn(address);
    if (place?.keyId !== keyId) throw new DetectError('upload.unknown');
    const found = await this.#options.store.get(place, MAX_UPLOAD_BYTES);
    if (found === undefined || this.#isOver(found.at)) throw new DetectError('upload.unknown');
    return found.bytes;
  }

  /** Removes what is over its time, and counts the rest. */
  async sweep(): Promise<void> {
    const { store, folder } = this.#options;
    const count = this.#ledger.recount();
    for await (const { place, bytes, at } of store.list()) {
      if (this.#isOver(at)) await store.remove(place);
      else count.add(place.keyId, bytes);
      if (this.#closing.signal.aborted) return;
    }
    count.done();
    for await (const { name } of await opendir(folder)) {
      if (isPart(name)) await removeOld(join(folder, name));
    }
  }

  /** Ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#sweeps;
    this.#options.store.close();
  }

  #isOver(at: number): boolean {
    return at + this.#options.lifeMs <= Date.now();
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await sleep(SWEEP_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.sweep().catch(this.#options.onTrouble);
    }
  }
}

/** Where an address leads; undefined where there can be none. */
function placeIn(address: string): Place | undefined {
  try {
    return placeOf(objectKeyOf(address));
  } catch {
    return undefined;
  }
}

/** Removes what a process left that ended while it wrote. */
async function removeOld(path: string): Promise<void> {
  const file = await stat(path).catch(() => undefined);
  if (file !== undefined && file.mtimeMs + PART_LIFE_MS <= Date.now()) await rm(path, { force: true });
}

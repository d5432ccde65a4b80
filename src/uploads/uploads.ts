/** Uploads of clients: given leave, taken in, read by whoever they belong to, and removed when their time is over. */
import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError } from '../errors.ts';
import { Disk, type Room } from '../store/disk.ts';
import { makeFolder } from '../store/folder.ts';
import { isPart } from './files.ts';
import { Incoming } from './incoming.ts';
import { Ledger, type UploadLimits } from './ledger.ts';
import { objectKeyOf, type Place, placeOf } from './place.ts';
import { flawed } from './s3-list.ts';
import { type Grant, MAX_UPLOAD_BYTES, Signer, type Slip } from './signer.ts';
import type { UploadStore } from './store.ts';

/** How often what is over its time is looked for, in ms; nobody is given it meanwhile. */
const SWEEP_MS = 5 * 60_000;
/** A file that is still being written was begun no longer ago, in ms: uploads may take two minutes. */
const PART_LIFE_MS = 5 * 60_000;
const FOLDER_MODE = 0o700;
/**
 * How long failing to remove may take one sweep, in ms, before it tries no more: a store that does not answer would hold up the start
 * of the service, and one that refuses at once, as it does what is locked, has others that it lets go.
 */
const MOST_FAILING_MS = 10_000;

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
  /** Told of what went wrong with the store while nobody waited, for the log; the text says what follows from it. */
  readonly onTrouble: (text: string, error: unknown) => void;
}

/** All that can be done with uploads. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #signer: Signer;
  readonly #ledger: Ledger;
  readonly #disk: Disk;
  readonly #closing = new AbortController();
  #sweeps: Promise<void> = Promise.resolve();
  #toldOfUndated = false;

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
    let room: Room | undefined;
    try {
      room = await this.#disk.take(bytes);
      const { store, folder } = this.#options;
      return await Incoming.open({ store, folder, claim, room, place, mostBytes });
    } catch (error) {
      claim.release();
      room?.release();
      throw error;
    }
  }

  /**
   * Reads an upload.
   *
   * @param address `oss://` and the key of the object
   * @param keyId whose it has to be
   * @param signal ends it, with its reason where that is a `DetectError`
   * @throws DetectError `upload.unknown`, also for one that is another key's or over its time; `upload.unavailable`
   */
  async read(address: string, keyId: string, signal?: AbortSignal): Promise<Uint8Array> {
    const place = placeIn(address);
    if (place?.keyId !== keyId) throw new DetectError('upload.unknown');
    const found = await this.#options.store.get(place, MAX_UPLOAD_BYTES, signal);
    if (found === undefined || this.#isOver(found.at)) throw new DetectError('upload.unknown');
    return found.bytes;
  }

  /**
   * Removes what is over its time, and counts the rest. What cannot be removed, or dated, counts, and stops no other.
   *
   * @throws DetectError `upload.unavailable` for what cannot be listed
   */
  async sweep(): Promise<void> {
    const { store, folder, onTrouble } = this.#options;
    const count = this.#ledger.recount();
    const failures: unknown[] = [];
    let failingMs = 0;
    for await (const { place, bytes, at } of store.list()) {
      if (at === undefined) this.#tellOfUndated(place);
      const mayGo = at !== undefined && this.#isOver(at) && failingMs < MOST_FAILING_MS;
      const begun = performance.now();
      const isGone = mayGo && (await settled(store.remove(place), failures));
      if (!isGone) {
        count.add(place.keyId, bytes);
        failingMs += performance.now() - begun;
      }
      if (this.#closing.signal.aborted) return;
    }
    count.done();
    if (failures.length > 0) onTrouble('uploads whose time is over could not be removed', failures[0]);
    for await (const { name } of await opendir(folder)) {
      if (isPart(name)) await removeOld(join(folder, name));
    }
  }

  /** Ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    // What a sweep still asks of it ends with it.
    this.#options.store.close();
    await this.#sweeps;
  }

  #isOver(at: number): boolean {
    return at + this.#options.lifeMs <= Date.now();
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await sleep(SWEEP_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.sweep().catch((error) => {
        if (!signal.aborted) this.#options.onTrouble('uploads could not be swept', error);
      });
    }
  }

  /** Once: the next sweep finds it again. */
  #tellOfUndated({ keyId, name }: Place): void {
    if (this.#toldOfUndated) return;
    this.#toldOfUndated = true;
    this.#options.onTrouble(
      `an upload stays, since nobody can tell when it came: ${keyId}/${name}`,
      flawed('LastModified'),
    );
  }
}

/** Whether a promise is kept; notes why not. */
async function settled(promise: Promise<void>, failures: unknown[]): Promise<boolean> {
  try {
    await promise;
    return true;
  } catch (error) {
    failures.push(error);
    return false;
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

/** What every store of uploads offers: `folder-store.ts` for one machine, `s3-store.ts` for a fleet. */
import type { Place } from './place.ts';

/** An upload in a list. */
export interface Listed {
  readonly place: Place;
  /** Its size in bytes. */
  readonly bytes: number;
  /** When it came, in ms since 1970; undefined where the store does not tell. */
  readonly at: number | undefined;
}

/** An upload with what is in it. */
export interface Stored {
  readonly bytes: Uint8Array;
  /** When it came, in ms since 1970. */
  readonly at: number;
}

/** Keeps whole files. All methods reject with DetectError `upload.unavailable`, `put` with `upload.disk_full` too. */
export interface UploadStore {
  /** What policies are signed with, 32 bytes: the same for all processes that share the store, and known to nobody else. */
  readonly signingKey: Uint8Array;
  /**
   * Keeps a file. When this resolves, the file is there as a whole and outlives the process; until then nobody sees any
   * of it.
   *
   * @param file path of the file, which is on this machine's disk and may be moved
   * @returns false when there is one in that place already, which stays as it is
   */
  put(place: Place, file: string, bytes: number): Promise<boolean>;
  /**
   * Reads a file.
   *
   * @param signal ends it at once, where it may take long
   * @returns undefined when there is none, or it is larger than `mostBytes`
   */
  get(place: Place, mostBytes: number, signal?: AbortSignal): Promise<Stored | undefined>;
  /** Removes a file, if it is there. */
  remove(place: Place): Promise<void>;
  /** All files, in any order. */
  list(): AsyncIterable<Listed>;
  /** Lets go of connections. */
  close(): void;
}

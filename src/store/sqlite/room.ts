/**
 * Room in the embedded database: some is set aside, so that answers can be counted on a disk that is full, and what
 * removed jobs leave beyond that goes back to the disk.
 *
 * A commit needs a place in the log, and from time to time a new page. So the log is once written to the length that it
 * reaches anyway before it is moved into the file, and as much is left free in the file. Both are then used again
 * and again. On file systems that never write in place (btrfs, ZFS) a full disk can still refuse.
 */
import { statSync } from 'node:fs';
import { type Connection, inTransaction } from './connection.ts';

/** What is set aside in the file and in its log, in bytes: the log is moved into the file at 1,000 pages of 4 KiB. */
const RESERVE_BYTES = 4_200_000;
/** Free pages beyond the reserve that are not worth giving back. */
const SLACK_PAGES = 1_024;
/** Pages that are given back in one turn of the event loop. */
const SLICE_PAGES = 256;

/** The room of one database, over one connection. */
export class Room {
  readonly #connection: Connection;
  readonly #file: string;

  /** @param file of the database */
  constructor(connection: Connection, file: string) {
    this.#connection = connection;
    this.#file = file;
  }

  /** Bytes in the file that jobs could fill without making it longer. */
  spare(): number {
    return Math.max(0, this.#pragma('freelist_count') * this.#pragma('page_size') - RESERVE_BYTES);
  }

  /**
   * Sets room aside if it is not, or gives some back. Throws what SQLite throws when there is none to be had.
   *
   * @returns whether there may be more to do
   */
  keep(): boolean {
    const log = lengthOf(`${this.#file}-wal`);
    if (log === undefined) return false;
    const free = this.#pragma('freelist_count');
    const page = this.#pragma('page_size');
    const reserve = Math.ceil(RESERVE_BYTES / page);
    if (log < RESERVE_BYTES || free < reserve / 2) {
      this.#setAside();
      return false;
    }
    // Files of releases before this one were made without it, and use their free pages again instead.
    if (this.#pragma('auto_vacuum') !== 0 && free > reserve + SLACK_PAGES) {
      const step = `PRAGMA incremental_vacuum(${SLICE_PAGES})`;
      inTransaction(this.#connection, () => this.#connection.exec(step));
      return true;
    }
    // The file gets shorter only when the log is moved into it, which so few changes need not lead to.
    const length = lengthOf(this.#file) ?? 0;
    if (length > this.#pragma('page_count') * page) this.#connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return false;
  }

  #setAside(): void {
    inTransaction(this.#connection, () =>
      this.#connection.exec(`
        CREATE TABLE reserve (room);
        INSERT INTO reserve (room) VALUES (zeroblob(${RESERVE_BYTES}));
        DROP TABLE reserve`),
    );
  }

  #pragma(name: string): number {
    return Object.values(this.#connection.prepare(`PRAGMA ${name}`).get([]) as object)[0] as number;
  }
}

/** By path: see `new-file.ts`. @returns undefined where there is no such file */
function lengthOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

/**
 * Groups that were answered while the database was away, on this machine's disk until it is back.
 *
 * It is a file of the embedded database rather than a log of our own: that brings what such a log would need
 * anyway (checksums, torn last writes, several processes on one directory, room given back), and is here already.
 * Every append is on the disk (fsync) before it counts: the spool is the only copy of answers that clients were
 * given, and it is written when something is wrong already, perhaps just before the power goes too. The
 * price, some milliseconds, is shared by all answers of a group, and only due while the database is away.
 */
import { type Connection, connect, durably, patiently } from '../sqlite/connection.ts';
import type { Group } from './books.ts';

/** The name of the file in the data directory. */
export const SPOOL_FILE = 'spool.db';

/** A group with its number. */
export interface Spooled extends Group {
  readonly seq: number;
}

/** The groups of all processes that share the directory. All methods reject with DetectError `store.unavailable`. */
export class Spool {
  readonly #connection: Connection;
  readonly #append;
  readonly #first;
  readonly #drop;
  readonly #writers;
  readonly #count;

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.#append = connection.prepare('INSERT INTO groups (writer, seq, body) VALUES (?, ?, ?)');
    this.#first = connection.prepare('SELECT seq, body FROM groups WHERE writer = ? ORDER BY seq LIMIT ?');
    this.#drop = connection.prepare('DELETE FROM groups WHERE writer = ? AND seq <= ?');
    this.#writers = connection.prepare('SELECT writer, count(*) AS groups FROM groups GROUP BY writer');
    this.#count = connection.prepare('SELECT count(*) AS groups FROM groups');
  }

  /** Opens the file; makes it, for the owner's eyes only, when missing. */
  static async open(file: string): Promise<Spool> {
    const connection = await connect(file);
    await patiently(() =>
      connection.exec(`
        CREATE TABLE IF NOT EXISTS groups (
          writer TEXT NOT NULL,
          seq    INTEGER NOT NULL,
          body   TEXT NOT NULL,
          PRIMARY KEY (writer, seq)
        ) STRICT`),
    );
    return new Spool(connection);
  }

  /** Adds a group; it is on the disk when this resolves. */
  async append(writer: string, seq: number, group: Group): Promise<void> {
    const body = JSON.stringify(group);
    await patiently(() => durably(this.#connection, () => this.#append.run([writer, seq, body])));
  }

  /** A writer's groups with the lowest numbers, in order. */
  async firstOf(writer: string, most: number): Promise<Spooled[]> {
    const rows = await patiently(() => this.#first.all([writer, most]) as { seq: number; body: string }[]);
    return rows.map(({ seq, body }) => ({ seq, ...(JSON.parse(body) as Group) }));
  }

  /** Forgets a writer's groups up to a number. */
  async drop(writer: string, upTo: number): Promise<void> {
    await patiently(() => void this.#drop.run([writer, upTo]));
  }

  /** Whose groups are there, and how many. */
  async writers(): Promise<{ readonly writer: string; readonly groups: number }[]> {
    return await patiently(() => this.#writers.all([]) as { writer: string; groups: number }[]);
  }

  /** How many groups are there, of all processes: a walk over an index, some ms for 100,000 of them. */
  async size(): Promise<number> {
    return await patiently(() => (this.#count.get([]) as { groups: number }).groups);
  }

  /** Lets go of the file. */
  close(): void {
    this.#connection.close();
  }
}

/** The embedded store: keys and books in one SQLite file. */
import { DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';
import type { ApiKey, NewKey, Reservation, Store, UsageQuery, UsageRow } from '../store.ts';
import { Books } from './books.ts';
import { type Connection, connect, durably, isUniqueViolation, patiently } from './connection.ts';
import { KeysTable } from './keys-table.ts';
import { Meter } from './meter.ts';
import { migrate } from './migrations.ts';

/** How to open the embedded store. */
export interface SqliteOptions {
  /** The database file; made, with its directory, when missing. `:memory:` keeps nothing. */
  readonly file: string;
  /** The clock, for dates and the day of an answer; the system's by default. */
  readonly now?: () => Date;
}

/**
 * Opens the file and brings its tables up to date.
 *
 * @throws DetectError `store.unavailable`, or `store.schema` when a newer release left it
 */
export async function openSqlite({ file, now = () => new Date() }: SqliteOptions): Promise<Store> {
  const connection = await connect(file);
  try {
    await migrate(connection);
    return new SqliteStore(connection, now);
  } catch (error) {
    connection.close();
    throw error;
  }
}

class SqliteStore implements Store {
  readonly #connection: Connection;
  readonly #now: () => string;
  readonly #keys: KeysTable;
  readonly #books: Books;
  readonly #meter: Meter;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(connection: Connection, now: () => Date) {
    this.#connection = connection;
    this.#now = () => now().toISOString();
    this.#keys = new KeysTable(connection);
    this.#books = new Books(connection);
    this.#meter = new Meter(
      this.#books,
      (step) => this.#run(step),
      () => this.#now().slice(0, 'YYYY-MM-DD'.length),
    );
  }

  createKey(key: NewKey): Promise<ApiKey> {
    return this.#change(() => {
      if (this.#keys.byName(key.name) !== undefined) {
        throw new DetectError('key.input', fill(SERVICE_DETAILS.keyNamed, { name: key.name }));
      }
      try {
        return this.#keys.insert(key, this.#now());
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw new DetectError('key.input', SERVICE_DETAILS.keyKnown, {
          cause: error,
        });
      }
    });
  }

  createFirstKey(key: NewKey): Promise<ApiKey | undefined> {
    return this.#change(() => (this.#keys.isEmpty() ? this.#keys.insert(key, this.#now()) : undefined));
  }

  putKey(key: NewKey): Promise<ApiKey> {
    return this.#change(() => {
      const known = this.#keys.byDigest(key.digest);
      if (known !== undefined) return known;
      const now = this.#now();
      const old = this.#keys.byName(key.name);
      if (old !== undefined) this.#keys.revoke(old.id, now);
      return this.#keys.insert(key, now);
    });
  }

  listKeys(): Promise<ApiKey[]> {
    return this.#run(() => this.#keys.all());
  }

  keyByDigest(digest: Uint8Array): Promise<ApiKey | undefined> {
    return this.#run(() => this.#keys.byDigest(digest));
  }

  keyById(id: string): Promise<ApiKey | undefined> {
    return this.#run(() => this.#keys.byId(id));
  }

  revokeKey(id: string): Promise<ApiKey | undefined> {
    return this.#change(() => {
      this.#keys.revoke(id, this.#now());
      return this.#keys.byId(id);
    });
  }

  reserve(key: Pick<ApiKey, 'id' | 'quota'>): Promise<Reservation | undefined> {
    return this.#meter.reserve(key);
  }

  usage(query: UsageQuery = {}): Promise<UsageRow[]> {
    return this.#run(() => this.#books.rows(query));
  }

  close(): Promise<void> {
    this.#closing ??= this.#meter.settled().then(() => {
      this.#closed = true;
      this.#connection.close();
    });
    return this.#closing;
  }

  /** A change of the keys: rare, and never to be lost, not even to a power cut. */
  #change<T>(work: () => T): Promise<T> {
    return this.#run(() => durably(this.#connection, work));
  }

  #run<T>(step: () => T): Promise<T> {
    return patiently(() => {
      // The binding would go on reading through statements that were prepared before it was closed.
      if (this.#closed) throw new DetectError('store.unavailable', SERVICE_DETAILS.storeClosed);
      return step();
    });
  }
}

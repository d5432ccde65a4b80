/** The store of a fleet: keys, books and quotas in one PostgreSQL that all replicas share. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';
import type { Entry } from '../entry.ts';
import { Held } from '../held.ts';
import type { ApiKey, NewKey, Reservation, Store, UsageQuery, UsageRow } from '../store.ts';
import { checkAddress } from './address.ts';
import { Books } from './books.ts';
import { Database } from './database.ts';
import { KeysTable } from './keys-table.ts';
import { LeaseSweeper } from './lease-sweeper.ts';
import { hasQuota, type Lease, Leases } from './leases.ts';
import { migrate } from './migrations.ts';
import { Quotas } from './quotas.ts';
import { SPOOL_FILE, Spool } from './spool.ts';
import { Watch } from './watch.ts';
import { Writer } from './writer.ts';

/** How often a database that does not answer at the start is tried, in ms. */
const START_RETRY_MS = 500;
/** What a service wants on top of a plain store. */
export interface ServingOptions {
  /** The data directory, for the spool. */
  readonly dataDir: string;
  /** How long keys are served while the database is away, in ms. */
  readonly graceMs: number;
  /** How long to wait for a database that is not there yet at the start, in ms. */
  readonly patienceMs: number;
  /** Told what an operator should know; the text says what follows from it. */
  readonly onTrouble: (text: string, error: unknown) => void;
}

/** How to open it. */
export interface PostgresOptions {
  /** `postgres://…` */
  readonly url: string;
  /** Left out by commands, which rather fail at once. */
  readonly serving?: ServingOptions;
  /** The clock, for dates and the day of an answer; the system's by default. */
  readonly now?: () => Date;
}

/**
 * Connects and brings the tables up to date.
 *
 * @throws DetectError `store.unavailable`, `store.login`, `store.schema` when a newer release left it, `option.invalid` for an address
 *   that cannot be read
 */
export async function openPostgres({
  url,
  serving,
  now = () => new Date(),
}: PostgresOptions): Promise<PostgresStore> {
  checkAddress(url);
  await patientlyMigrate(url, serving);
  const spool = serving && (await Spool.open(join(serving.dataDir, SPOOL_FILE)));
  return new PostgresStore(url, now, serving, spool);
}

async function patientlyMigrate(url: string, serving: ServingOptions | undefined): Promise<void> {
  const patienceMs = serving?.patienceMs ?? 0;
  const end = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await migrate(url);
    } catch (error) {
      const passing = error instanceof DetectError && error.code === 'store.unavailable';
      if (!passing || performance.now() >= end) throw error;
      // A terminal that shows nothing for half a minute looks like a program that hangs.
      if (attempt === 0) {
        serving?.onTrouble(
          `the database does not answer yet; trying again for ${patienceMs / 1000} s`,
          error,
        );
      }
    }
    await sleep(START_RETRY_MS);
  }
}

/** See `openPostgres`. */
export class PostgresStore implements Store {
  /** The connections, for what else is kept in this database. */
  readonly database: Database;
  readonly #now: () => string;
  readonly #keys: KeysTable;
  readonly #books: Books;
  readonly #leases: Leases;
  readonly #spool: Spool | undefined;
  readonly #writer: Writer;
  readonly #watch: Watch | undefined;
  readonly #sweeper: LeaseSweeper;
  #onKey: (digest: Uint8Array | undefined) => void = () => undefined;
  #closing: Promise<void> | undefined;

  /** Of a database whose tables are up to date. */
  constructor(url: string, now: () => Date, serving: ServingOptions | undefined, spool: Spool | undefined) {
    const onTrouble = serving?.onTrouble ?? (() => undefined);
    this.#now = () => now().toISOString();
    this.database = new Database({
      url,
      onAway: (error) => onTrouble('the database is away: answers are counted in the spool', error),
      onLack: (error) => onTrouble('the database refuses what the service needs', error),
    });
    this.#keys = new KeysTable(this.database.query);
    this.#books = new Books(this.database.query);
    const quotas = new Quotas(this.database.query);
    this.#leases = new Leases(quotas);
    this.#spool = spool;
    this.#writer = new Writer({
      books: this.#books,
      spool,
      onStuck: (error) => onTrouble('what is in the spool could not be counted yet', error),
    });
    this.#sweeper = new LeaseSweeper({
      database: this.database,
      writer: this.#writer,
      leases: this.#leases,
      quotas,
      graceMs: serving?.graceMs ?? 0,
    });
    if (serving === undefined) return;
    this.#watch = new Watch(this.database, {
      onKey: (digest) => this.#onKey(digest),
      onBack: () => void this.#writer.drain(),
    });
    // What an earlier process left.
    void this.#writer.drain();
  }

  /** Has somebody told of keys that were made or changed, by this process or another; see `Listeners.onKey`. */
  onKey(listener: (digest: Uint8Array | undefined) => void): void {
    this.#onKey = listener;
  }

  createKey(key: NewKey): Promise<ApiKey> {
    return this.#change(async (keys) => {
      if ((await keys.byName(key.name)) !== undefined) {
        throw new DetectError('key.input', fill(SERVICE_DETAILS.keyNamed, { name: key.name }));
      }
      if ((await keys.byDigest(key.digest)) !== undefined) {
        throw new DetectError('key.input', SERVICE_DETAILS.keyKnown);
      }
      return await keys.insert(key, this.#now());
    });
  }

  createFirstKey(key: NewKey): Promise<ApiKey | undefined> {
    return this.#change(async (keys) =>
      (await keys.isEmpty()) ? await keys.insert(key, this.#now()) : undefined,
    );
  }

  putKey(key: NewKey): Promise<ApiKey> {
    return this.#change(async (keys) => {
      const known = await keys.byDigest(key.digest);
      if (known !== undefined) return known;
      const now = this.#now();
      const old = await keys.byName(key.name);
      if (old !== undefined) await keys.revoke(old.id, now);
      return await keys.insert(key, now);
    });
  }

  listKeys(): Promise<ApiKey[]> {
    return this.#keys.all();
  }

  keyByDigest(digest: Uint8Array): Promise<ApiKey | undefined> {
    return this.#keys.byDigest(digest);
  }

  keyById(id: string): Promise<ApiKey | undefined> {
    return this.#keys.byId(id);
  }

  revokeKey(id: string): Promise<ApiKey | undefined> {
    return this.#change(async (keys) => {
      await keys.revoke(id, this.#now());
      return await keys.byId(id);
    });
  }

  async reserve(key: Pick<ApiKey, 'id' | 'quota'>): Promise<Reservation | undefined> {
    const lease = hasQuota(key) ? await this.#leases.hold(key) : undefined;
    if (key.quota !== null && lease === undefined) return undefined;
    return new Held({
      today: () => this.#now().slice(0, 'YYYY-MM-DD'.length),
      count: (entry) => this.#count(key.id, entry, lease),
      letGo: () => {
        if (lease !== undefined) this.#leases.giveBack(lease);
      },
    });
  }

  usage(query: UsageQuery = {}): Promise<UsageRow[]> {
    return this.#books.rows(query);
  }

  /** How many groups of counts wait in the spool of this data directory, of this process and of earlier ones. */
  async spooled(): Promise<number> {
    return (await this.#spool?.size()) ?? 0;
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await this.#sweeper.close();
    await this.#writer.close();
    // What cannot be given back now is given back by others when it is old.
    if (!this.#writer.spooling) await this.#leases.sweep({ all: true }).catch(() => undefined);
    await this.#watch?.close();
    await this.database.close();
    this.#spool?.close();
  }

  /** A change of the keys: rare, looks before it writes, and so is made one at a time. */
  #change<T>(work: (keys: KeysTable) => Promise<T>): Promise<T> {
    return this.database.transaction(async (query) => {
      const keys = new KeysTable(query);
      await keys.lock();
      return await work(keys);
    });
  }

  async #count(keyId: string, entry: Omit<Entry, 'keyId'>, lease: Lease | undefined): Promise<void> {
    if (lease === undefined) return await this.#writer.add({ keyId, ...entry });
    if (entry.sum < 0) lease.busy++;
    try {
      await this.#writer.add({ keyId, ...entry, lease: lease.id });
    } catch (error) {
      // An image that could not be counted is given back by whoever holds it.
      if (entry.sum < 0) this.#leases.done(lease);
      throw error;
    }
    if (entry.sum < 0) this.#leases.giveBack(lease);
    else this.#leases.done(lease);
  }
}

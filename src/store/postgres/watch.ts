/**
 * One connection that listens: it hears of changed keys, and its heartbeat tells whether the database is there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientConfig } from './address.ts';
import { type Database, proveWritable } from './database.ts';

/** Where the database tells of keys that were made or changed: the digest in hex digits. */
export const KEYS_CHANNEL = 'lpd_keys';
/** How often the database is asked for a sign of life, in ms. */
const HEARTBEAT_MS = 1_000;
/** How long a sign of life, or a new connection, may take, in ms. */
const SIGN_MS = 1_500;
/** How long to wait before the next try when the database is away, in ms. */
const RETRY_MS = 250;

/** Whom to tell. */
export interface Listeners {
  /**
   * A key was made or changed.
   *
   * @param digest SHA-256 of the plain key; undefined when changes may have been missed
   */
  readonly onKey: (digest: Uint8Array | undefined) => void;
  /** The database answers again. */
  readonly onBack: () => void;
}

/** Watches one database until it is closed. */
export class Watch {
  readonly #database: Database;
  readonly #listeners: Listeners;
  readonly #closed = new AbortController();
  readonly #ended: Promise<void>;

  constructor(database: Database, listeners: Listeners) {
    this.#database = database;
    this.#listeners = listeners;
    this.#ended = this.#run();
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        await this.#listen();
      } catch (error) {
        if (error instanceof Error) this.#database.lose(error);
      }
      await this.#pause(RETRY_MS);
    }
  }

  /** Resolves when this is closed; rejects when the connection breaks. */
  async #listen(): Promise<void> {
    const { signal } = this.#closed;
    const client = new pg.Client({
      ...clientConfig(this.#database.url),
      connectionTimeoutMillis: SIGN_MS,
      query_timeout: SIGN_MS,
    });
    const broken = new AbortController();
    client.on('error', (error) => broken.abort(error));
    client.on('notification', ({ payload = '' }) => this.#listeners.onKey(Buffer.from(payload, 'hex')));
    try {
      await client.connect();
      await client.query(`LISTEN ${KEYS_CHANNEL}`);
      this.#listeners.onKey(undefined);
      const either = AbortSignal.any([signal, broken.signal]);
      while (!signal.aborted) {
        await proveWritable(client);
        this.#database.hear();
        if (this.#database.away && (await this.#database.regain())) this.#listeners.onBack();
        await sleep(this.#database.away ? RETRY_MS : HEARTBEAT_MS, undefined, {
          signal: either,
          ref: false,
        }).catch(() => undefined);
        broken.signal.throwIfAborted();
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closed.signal, ref: false }).catch(() => undefined);
  }
}

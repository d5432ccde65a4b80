/**
 * The connections to PostgreSQL, and whether it can be reached.
 *
 * A database that stalls must not stall the service. So every statement has a limit on both sides, and while the
 * database is known to be away, all statements but the watch's own fail at once instead of waiting it out one by
 * one (a circuit breaker, closed again by `Watch`).
 */
import pg from 'pg';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { clientConfig } from './address.ts';
import { limitSession } from './session.ts';
import { isAway, isDiskFull, isLack, READ_ONLY } from './sql-state.ts';

/** Most connections of one process, apart from the watch's: group commit, look-ups and rates share few. */
export const MOST_CONNECTIONS = 4;
/** How long a connection may take to come about, or a place in the pool to come free, in ms. */
export const CONNECT_MS = 2_000;
/** How long an answer may take, in ms; what takes longer counts as a database that is away. */
export const ANSWER_MS = 2_500;
/** How long a refusal says that something is lacking, in ms: much is asked all the time, some only once an hour, or never again. */
const LACK_MS = 5 * 60_000;
/** When the server itself gives a statement up, in ms: before we do, so that a slow one fails with a reason. */
const STATEMENT_MS = 2_000;
/** How long closing may wait for the server's good-bye, in ms. */
const CLOSING_MS = 1_000;

/** A statement that is parsed once for each connection. */
export interface Statement {
  /** Unique among all statements. */
  readonly name: string;
  readonly text: string;
}

/** A statement with its values; gives the rows. */
export type Query = <R extends object>(statement: Statement, values: readonly unknown[]) => Promise<R[]>;

/**
 * Asks for a sign of life.
 *
 * @throws what says that the database cannot be used, also for a server that only reads
 */
export async function proveWritable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('SHOW transaction_read_only');
  if (rows[0]?.transaction_read_only === 'on')
    throw Object.assign(new Error('the database only reads'), { code: READ_ONLY });
}

/** How to reach it, and whom to tell. */
export interface DatabaseOptions {
  /** `postgres://…`, with whatever libpq's parameters pg knows. */
  readonly url: string;
  /** Called when it goes away, once each time. */
  readonly onAway?: (error: Error) => void;
  /** Called when it refuses a statement for lack of a right or a table, once until it takes the same again. */
  readonly onLack?: (error: unknown) => void;
}

/** One process's pool of connections. */
export class Database {
  readonly url: string;
  readonly #pool: pg.Pool;
  readonly #onAway: ((error: Error) => void) | undefined;
  readonly #onLack: ((error: unknown) => void) | undefined;
  /** When it last refused a statement, by its name, until it takes the same again. */
  readonly #refused = new Map<string, number>();
  #awaySince: number | undefined;
  #heardAt = Number.NEGATIVE_INFINITY;
  #closing: Promise<void> | undefined;
  #trips = 0;

  constructor({ url, onAway, onLack }: DatabaseOptions) {
    this.url = url;
    this.#onAway = onAway;
    this.#onLack = onLack;
    this.#pool = new pg.Pool({
      ...clientConfig(url),
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      onConnect: (client) => limitSession(client, STATEMENT_MS),
    });
    // An idle connection that broke is gone from the pool already.
    this.#pool.on('error', (error) => this.lose(error));
  }

  /** Whether the last that was heard of it is that it cannot be reached. */
  get away(): boolean {
    return this.#awaySince !== undefined;
  }

  /** Whether it is there, and lacks a right or a table that was asked for lately. */
  get lacking(): boolean {
    const now = performance.now();
    return [...this.#refused.values()].some((at) => now - at < LACK_MS);
  }

  /** For how long it has been away, in ms; 0 when it is not. */
  get awayMs(): number {
    return this.#awaySince === undefined ? 0 : Math.max(1, performance.now() - this.#awaySince);
  }

  /** How long ago the watch had its last sign of life, in ms; Infinity before the first. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** How many times something was asked and waited for, for measurements. */
  get trips(): number {
    return this.#trips;
  }

  /** Notes that it cannot be reached. */
  lose(error: Error): void {
    if (this.away || this.#closing !== undefined) return;
    this.#awaySince = performance.now();
    this.#onAway?.(error);
  }

  /** Notes a sign of life on the connection that listens. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /**
   * Tries whether it is back, on a connection of those that all statements use: new ones may be refused, or only read, while
   * the one that listens goes on.
   *
   * @returns whether it is
   */
  async regain(): Promise<boolean> {
    try {
      await this.#onClient(proveWritable);
    } catch {
      return false;
    }
    this.#awaySince = undefined;
    return true;
  }

  /**
   * Runs one statement, as a transaction of its own: one round trip.
   *
   * @throws DetectError `store.unavailable` or `store.full`, with the cause
   */
  query: Query = async (statement, values) => {
    return await this.#withClient((client) => this.#send(client, statement, values));
  };

  /**
   * Runs a text of one or more statements without values, which may be a transaction of its own: one round trip.
   *
   * @returns the rows of a single statement
   * @throws DetectError `store.unavailable` or `store.full`, with the cause
   */
  async script(text: string): Promise<object[]> {
    return await this.#withClient(async (client) => {
      this.#trips++;
      try {
        const results: pg.QueryResult<object> | readonly unknown[] = await client.query<object>(text);
        return 'rows' in results ? results.rows : [];
      } catch (error) {
        // One that broke off within its transaction leaves it open.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /**
   * Runs several statements as one transaction.
   *
   * @throws DetectError the work's own ones as they are, all else as `store.unavailable` with the cause
   */
  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return await this.#withClient(async (client) => {
      const query: Query = (statement, values) => this.#send(client, statement, values);
      await client.query('BEGIN');
      try {
        const result = await work(query);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /** Ends all connections. Calls after it reject. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSING_MS);
    });
    await Promise.race([this.#pool.end(), late]);
    clearTimeout(timer);
  }

  async #send<R extends object>(client: pg.PoolClient, statement: Statement, values: readonly unknown[]) {
    this.#trips++;
    try {
      const { rows } = await client.query<R>({ ...statement, values: [...values] });
      this.#refused.delete(statement.name);
      return rows;
    } catch (error) {
      if (isLack(error)) {
        if (!this.#refused.has(statement.name)) this.#onLack?.(error);
        this.#refused.set(statement.name, performance.now());
      }
      throw error;
    }
  }

  async #withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) throw new DetectError('store.unavailable', SERVICE_DETAILS.storeClosed);
    if (this.away) throw new DetectError('store.unavailable', SERVICE_DETAILS.noDatabase);
    return await this.#onClient(work);
  }

  async #onClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    let broken: Error | undefined;
    // A connection that breaks between two statements of a transaction tells so by this event too.
    const onError = (error: Error) => {
      broken = error;
    };
    try {
      client = await this.#pool.connect();
      client.on('error', onError);
      return await work(client);
    } catch (error) {
      if (error instanceof DetectError) throw error;
      if (isDiskFull(error)) throw new DetectError('store.full', undefined, { cause: error });
      if (isAway(error)) {
        broken = error;
        this.lose(error);
      }
      throw new DetectError('store.unavailable', undefined, { cause: error });
    } finally {
      client?.off('error', onError);
      client?.release(broken);
    }
  }
}

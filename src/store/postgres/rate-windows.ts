/**
 * The windows that all replicas count in: rate-limiter-flexible's limiter on PostgreSQL and its table, with a writing
 * statement of our own. It goes by the database's clock, which is one for all replicas, and counts for all keys of a
 * moment, so that what rates cost grows with the number of replicas.
 */
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { GroupCommit } from '../group-commit.ts';
import { memoryLimiter, type RateWindow } from '../rate.ts';
import type { Database, Query, Statement } from './database.ts';

const SCHEMA = 'lpd';
const TABLE = 'rate_limits';
const MS_PER_SECOND = 1_000;
/** How long a window has been over when its row is cleared away, in ms. */
const KEPT_MS = 3_600_000;

/** The same for all of a statement: a row's points and its end are looked at together. */
const NOW = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint';
/**
 * When a window that follows on another within its own length ends: it begins where that one ended. So a key that is
 * always in use loses nothing to the time that questions take, which would be some percent on a busy machine.
 */
const FOLLOWING = `r.expire + (excluded.expire - ${NOW})`;

/** Rows are locked in the order of their keys, so that two replicas that count wait instead of deadlocking. */
const COUNT: Statement = {
  name: 'rates-count',
  text: `
    INSERT INTO ${SCHEMA}.${TABLE} AS r (key, points, expire)
    SELECT key, points, ${NOW} + ms FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS ask (key, points, ms)
    ORDER BY key COLLATE "C"
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN r.expire <= ${NOW} THEN excluded.points ELSE r.points + excluded.points END,
      expire = CASE WHEN r.expire > ${NOW} THEN r.expire
        WHEN ${FOLLOWING} > ${NOW} THEN ${FOLLOWING} ELSE excluded.expire END
    RETURNING key, points, (expire - ${NOW})::double precision AS "leftMs"`,
};

/** By the same clock as the windows. */
const CLEAR: Statement = {
  name: 'rates-clear',
  text: `DELETE FROM ${SCHEMA}.${TABLE} WHERE expire < ${NOW} - $1::bigint`,
};

interface Row {
  readonly key: string;
  /** What was counted in this window, refused requests included. */
  readonly points: number;
  readonly leftMs: number;
}

interface Ask {
  readonly key: string;
  readonly points: number;
  readonly ms: number;
  /** What the library reads: points, and the window's end by this process's clock, in ms. */
  answer?: { readonly points: number; readonly expire: number };
}

/** Writes what is to be counted: the keys of a moment by one statement, one at a time. */
export class RateTable {
  /** How the library asks for what it does by its own statements. */
  readonly client: { query(asked: Statement & { readonly values: readonly unknown[] }): Promise<unknown> };
  readonly #query: Query;
  readonly #asks = new GroupCommit<Ask>((asks) => this.#write(asks));

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
    this.client = {
      query: async ({ name, text, values }) => ({ rows: await query({ name, text }, values) }),
    };
  }

  /**
   * Adds points to a key's window, or begins one.
   *
   * @throws DetectError `store.unavailable`
   */
  async count(ask: Ask): Promise<Ask['answer']> {
    await this.#asks.add(ask);
    return ask.answer;
  }

  /**
   * Removes the rows of windows that ended so many ms ago.
   *
   * @throws DetectError `store.unavailable`
   */
  async clear(keptMs: number): Promise<void> {
    await this.#query(CLEAR, [keptMs]);
  }

  async #write(asks: readonly Ask[]): Promise<void> {
    const rows = await this.#query<Row>(COUNT, [
      asks.map(({ key }) => key),
      asks.map(({ points }) => points),
      asks.map(({ ms }) => ms),
    ]);
    const now = Date.now();
    const byKey = new Map(rows.map((row) => [row.key, row]));
    for (const ask of asks) {
      const row = byKey.get(ask.key);
      // A round trip late rather than early: whoever is told to wait must not be refused again.
      if (row !== undefined) ask.answer = { points: row.points, expire: now + row.leftMs };
    }
  }
}

/** The library's limiter of one rate, for all replicas; while the database is away, this process counts for itself. */
export class SharedWindows extends RateLimiterPostgres {
  readonly #table: RateTable;

  constructor(table: RateTable, window: RateWindow) {
    super({
      storeClient: table.client,
      storeType: 'pool',
      schemaName: SCHEMA,
      tableName: TABLE,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: '',
      points: window.points,
      duration: window.ms / MS_PER_SECOND,
      insuranceLimiter: memoryLimiter(window),
    });
    this.#table = table;
  }

  /** What the library has every store implement. */
  async _upsert(key: string, points: number, msDuration: number) {
    return { rows: [await this.#table.count({ key, points, ms: Math.round(msDuration) })] };
  }
}

/** Clears the table of what ended long ago: one replica of all, once an hour. */
export class Clearing {
  readonly #table: RateTable;
  readonly #turns: SharedWindows;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(table: RateTable) {
    this.#table = table;
    this.#turns = new SharedWindows(table, { points: 1, ms: KEPT_MS });
  }

  /** Does it when it is time; costs nothing otherwise, and never rejects. */
  async ifDue(): Promise<void> {
    const now = performance.now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + KEPT_MS;
    const ours = await this.#turns.consume('clearing').then(
      () => true,
      () => false,
    );
    // What it fails for is told by the database's own watch.
    if (ours) await this.#table.clear(KEPT_MS).catch(() => undefined);
  }
}

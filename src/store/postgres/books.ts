/**
 * The tables of usage and quotas: one statement writes a whole group, once.
 *
 * Exactly once comes from numbers: a process that counts (a writer) numbers its groups 1, 2, 3 …, writes them in
 * that order, and `lpd.writers` holds the last number that arrived, changed in the same transaction as the
 * counts. A group whose answer got lost is simply written again: if it had arrived, its number is not new. It takes
 * one row a process; a table of the ids of all groups would do too, but grow by millions of rows a day.
 */
import type { Line } from '../entry.ts';
import type { UsageQuery, UsageRow } from '../store.ts';
import type { Query, Statement } from './database.ts';

/** What a group takes out of a lease: images that were answered, less those taken back. */
export interface LeaseLine {
  readonly lease: string;
  readonly keyId: string;
  readonly sum: number;
}

/** What is written together. */
export interface Group {
  readonly lines: readonly Line[];
  readonly leases: readonly LeaseLine[];
}

/** Which groups of a writer are written: several when a spool is emptied. */
export interface Turn {
  readonly writer: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Rows are locked in the order of their keys, so that two replicas that count for the same keys wait for each
 * other instead of deadlocking. What falls on a lease that is no more (its process was taken for dead and its images
 * given back) comes out of the quota again.
 */
const WRITE: Statement = {
  name: 'books-write',
  text: `
    WITH turn AS (
      INSERT INTO lpd.writers AS w (id, seq) VALUES ($1, $3)
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq WHERE w.seq < $2
      RETURNING 1
    ), counted AS (
      INSERT INTO lpd.usage AS u (key_id, day, verdict, count)
      SELECT * FROM unnest($4::text[], $5::text[], $6::text[], $7::bigint[]) AS line (key_id, day, verdict, sum)
      WHERE EXISTS (SELECT FROM turn)
      ORDER BY key_id COLLATE "C", day COLLATE "C", verdict COLLATE "C"
      ON CONFLICT (key_id, day, verdict) DO UPDATE SET count = u.count + excluded.count
    ), line AS (
      SELECT * FROM unnest($8::uuid[], $9::text[], $10::bigint[]) AS line (lease, key_id, sum)
      WHERE EXISTS (SELECT FROM turn)
    ), settled AS (
      UPDATE lpd.leases AS l SET images = l.images - line.sum FROM line WHERE l.id = line.lease RETURNING l.id
    ), late AS (
      UPDATE lpd.quotas AS q SET spent = q.spent + line.sum
      FROM (
        SELECT key_id, sum(sum)::bigint AS sum FROM line
        WHERE lease NOT IN (SELECT id FROM settled) GROUP BY key_id
      ) AS line
      WHERE q.key_id = line.key_id
    )
    SELECT count(*)::integer AS written FROM turn`,
};
const LAST: Statement = {
  name: 'books-last',
  text: 'SELECT seq::double precision AS seq FROM lpd.writers WHERE id = $1',
};
/** A line of a key that is no more (see the migration) goes by the key's id. */
const ROWS: Statement = {
  name: 'books-rows',
  text: `
    SELECT u.key_id AS "keyId", coalesce(k.name, u.key_id) AS "keyName", u.day, u.verdict,
      u.count::double precision AS count
    FROM lpd.usage AS u LEFT JOIN lpd.keys AS k ON k.id = u.key_id
    WHERE u.count > 0 AND ($1::text IS NULL OR u.key_id = $1) AND ($2::text IS NULL OR u.day >= $2)
    ORDER BY u.day, k.name, k.seq, u.verdict DESC`,
};

/** The statements. All reject with DetectError `store.unavailable`. */
export class Books {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /**
   * Writes groups as one.
   *
   * @returns false when the writer's number is `first` or more already: nothing was changed
   */
  async write({ writer, first, last }: Turn, { lines, leases }: Group): Promise<boolean> {
    const [answer] = await this.#query<{ written: number }>(WRITE, [
      writer,
      first,
      last,
      lines.map(({ keyId }) => keyId),
      lines.map(({ day }) => day),
      lines.map(({ verdict }) => verdict),
      lines.map(({ sum }) => sum),
      leases.map(({ lease }) => lease),
      leases.map(({ keyId }) => keyId),
      leases.map(({ sum }) => sum),
    ]);
    return answer?.written === 1;
  }

  /** The number of the last group that arrived from a writer; 0 when none did. */
  async lastOf(writer: string): Promise<number> {
    const [row] = await this.#query<{ seq: number }>(LAST, [writer]);
    return row?.seq ?? 0;
  }

  /** The lines that are asked for. */
  async rows({ keyId, since }: UsageQuery): Promise<UsageRow[]> {
    return await this.#query<UsageRow>(ROWS, [keyId ?? null, since ?? null]);
  }
}

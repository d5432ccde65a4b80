/** The tables of quotas and leases: images are taken out of a quota before they are used, and the rest given back. */
import type { Query, Statement } from './database.ts';

/** Most images of one lease that nobody waits for yet. */
const MOST_LEASED = 32;
/** Of what is left of a quota, one lease holds no larger share than this, so that the last images are not split. */
export const LEASE_SHARE = 1 / 64;

/** What a lease gets of what is free: what is waited for, and a share for what will be. */
function grantOf(free: string): string {
  return `least(${free}, greatest($3::bigint, least(${MOST_LEASED}, (${free}) * ${LEASE_SHARE}::numeric)::bigint))`;
}

const FIRST = grantOf('$4::bigint');
const NEXT = grantOf('$4::bigint - q.spent');

/** The row is locked by the update itself, so two replicas never take the same image. */
const TAKE: Statement = {
  name: 'quotas-take',
  text: `
    WITH taken AS (
      INSERT INTO lpd.quotas AS q (key_id, spent, granted)
      SELECT $1, ${FIRST}, ${FIRST} WHERE $4::bigint > 0
      ON CONFLICT (key_id) DO UPDATE SET spent = q.spent + ${NEXT}, granted = ${NEXT}
        WHERE q.spent < $4::bigint
      RETURNING granted
    )
    INSERT INTO lpd.leases (id, key_id, images) SELECT $2::uuid, $1, granted FROM taken
    RETURNING images::double precision AS images`,
};

/**
 * Ends leases and gives back what was left of them; harmless for those that ended before. Quotas are locked in the order of
 * their keys, so that two replicas that give back wait instead of deadlocking.
 */
function end(name: string, which: string): Statement {
  return {
    name,
    text: `
      WITH ended AS (
        DELETE FROM lpd.leases WHERE ${which} RETURNING key_id, images
      ), locked AS (
        SELECT key_id FROM lpd.quotas WHERE key_id IN (SELECT key_id FROM ended)
        ORDER BY key_id COLLATE "C" FOR UPDATE
      ), back AS (
        SELECT key_id, sum(images)::bigint AS images FROM ended JOIN locked USING (key_id) GROUP BY key_id
      )
      UPDATE lpd.quotas AS q SET spent = q.spent - back.images FROM back WHERE q.key_id = back.key_id`,
  };
}
const END = end('quotas-end', 'id = ANY($1::uuid[])');
const REAP = end('quotas-reap', "taken_at < now() - $1 * interval '1 millisecond'");

/** The statements. All reject with DetectError `store.unavailable`. */
export class Quotas {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /**
   * Takes a lease.
   *
   * @param lease  its id, new
   * @param quota  of the key, in images
   * @param wanted images that are waited for, 1 or more
   * @returns how many images it holds; 0 when the quota is used up
   */
  async take(lease: string, keyId: string, quota: number, wanted: number): Promise<number> {
    const [row] = await this.#query<{ images: number }>(TAKE, [keyId, lease, wanted, quota]);
    return row?.images ?? 0;
  }

  /** Ends leases. */
  async end(leases: readonly string[]): Promise<void> {
    await this.#query(END, [leases]);
  }

  /** Ends the leases of processes that are no more: all that are older than this, in ms. */
  async reap(olderThanMs: number): Promise<void> {
    await this.#query(REAP, [olderThanMs]);
  }
}

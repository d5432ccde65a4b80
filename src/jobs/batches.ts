/**
 * The batches of jobs in PostgreSQL, handed out by pg-boss.
 *
 * Only a few batches of each key are in the queue at a time: whoever takes one puts that key's next one at the end, in the
 * same transaction. So the queue is a round of all keys, a newcomer waits for one round and not for anybody's million,
 * and pg-boss, which sorts all that waits at every fetch, has little to sort.
 */
import type PgBoss from 'pg-boss';
import type { Database, Query } from '../store/postgres/database.ts';
import { MOST_WAITING, BATCH_SQL as SQL } from './batch-statements.ts';
import { BATCHES } from './boss.ts';
import type { Batch, Item, Part } from './job.ts';
import { deliveryOf, type Held, idOf, Queue } from './queue.ts';

/** The first batch of a key that has none in the queue. */
const NEWCOMER = 1;
const USUAL = 0;
/** Items that failed once before: hosts that answer come first. */
const AGAIN = -1;

/** A batch in the queue. */
interface Message {
  readonly jobId: string;
  /** Places of its items in the job, both included. */
  readonly first: number;
  readonly last: number;
  readonly attempt: number;
  /** Processes that died over it, before it was put into the queue. */
  readonly deaths: number;
}

type Dealt = Pick<Message, 'first' | 'last'> & { readonly id: string; readonly waiting: number };
/** A batch, and whether it is the first one of its job that is taken up. */
interface Taken {
  readonly batch: Batch;
  readonly isFirst: boolean;
}
type ItemRow = Item & Pick<Batch, 'quota' | 'generator'> & { readonly fresh: boolean };

/** See the top. */
export class Batches {
  readonly #database: Pick<Database, 'query' | 'transaction'>;
  readonly #queue: Queue<Message>;
  #byAge = true;

  /** @param holdMs how long a batch stays with a process, in ms */
  constructor(database: Pick<Database, 'query' | 'transaction'>, boss: PgBoss, holdMs: number) {
    this.#database = database;
    this.#queue = new Queue(boss, BATCHES, holdMs);
  }

  /** See `JobStore.claim`. */
  async claim(except: readonly string[]): Promise<Batch | undefined> {
    for (;;) {
      // Most of the time there is nothing, or nothing that may be taken: no need of a transaction to find that out.
      const [has] = await this.#database.query<{ yes: boolean }>(SQL.hasWork, [BATCHES, except]);
      if (!has?.yes) return undefined;
      const taken = await this.#database.transaction((query) => this.#take(query, except));
      if (taken === 'stale') continue;
      // Not within the transaction, which may hold the row of another job of the same key.
      if (taken?.isFirst) await this.#database.query(SQL.start, [taken.batch.jobId]);
      return taken?.batch;
    }
  }

  /** Puts batches of a key into the queue, until enough of them wait or none is left. */
  async deal(query: Query, keyId: string): Promise<void> {
    for (;;) {
      const [dealt] = await query<Dealt>(SQL.deal, [BATCHES, keyId]);
      if (dealt === undefined) return;
      const { id: jobId, first, last, waiting } = dealt;
      const priority = waiting === 0 ? NEWCOMER : USUAL;
      await this.#queue.send(query, { jobId, first, last, attempt: 0, deaths: 0 }, { tag: keyId, priority });
      if (waiting + 1 >= MOST_WAITING) return;
    }
  }

  /** See `JobStore.finish`. */
  async finish(batch: Batch): Promise<void> {
    await this.#queue.remove(this.#database.query, deliveryOf(String(batch.id)).id);
  }

  /** See `JobStore.putBack`. */
  putBack(batch: Batch, parts: readonly Part[]): Promise<void> {
    const { jobId, keyId } = batch;
    const delivery = deliveryOf(String(batch.id));
    return this.#database.transaction(async (query) => {
      if (!(await this.#queue.release(query, delivery))) return;
      for (const { first, last, attempt, inMs } of parts) {
        const priority = attempt > 0 ? AGAIN : USUAL;
        const message = { jobId, first, last, attempt, deaths: 0 };
        await this.#queue.send(query, message, { tag: keyId, priority, inMs });
      }
    });
  }

  /** Mends what was lost: batches that nobody put into the queue, or that are not in it any more. */
  async mend(): Promise<void> {
    for (const { key_id } of await this.#database.query<{ key_id: string }>(SQL.short, [BATCHES])) {
      await this.#database.transaction((query) => this.deal(query, key_id));
    }
    while (await this.#database.transaction((query) => this.#mendStranded(query)));
  }

  /** @returns whether there was such a job */
  async #mendStranded(query: Query): Promise<boolean> {
    const [job] = await query<{ id: string; key_id: string }>(SQL.stranded, [BATCHES]);
    if (job === undefined) return false;
    const ranges = await query<Pick<Message, 'first' | 'last'>>(SQL.ranges, [job.id]);
    for (const range of ranges) {
      const message = { jobId: job.id, ...range, attempt: 0, deaths: 0 };
      await this.#queue.send(query, message, { tag: job.key_id });
    }
    return ranges.length > 0;
  }

  async #take(query: Query, except: readonly string[]): Promise<Taken | 'stale' | undefined> {
    const held = await this.#fetch(query, except);
    if (held === undefined) return undefined;
    const { id, tag: keyId, deliveries, data } = held;
    const { jobId, first, last, attempt, deaths } = data;
    const rows = await query<ItemRow>(SQL.items, [jobId, first, last]);
    await this.deal(query, keyId);
    const [row] = rows;
    if (row === undefined) {
      // The job was cancelled, or all was answered by one that died before it could say so.
      await this.#queue.remove(query, id);
      return 'stale';
    }
    const items = rows.map(({ no, url }) => ({ no, url }));
    return {
      batch: {
        id: idOf(held),
        jobId,
        keyId,
        quota: row.quota,
        attempt,
        claims: deaths + deliveries,
        generator: row.generator,
        items,
      },
      isFirst: row.fresh,
    };
  }

  /**
   * Half of all fetches take the oldest batch, whatever it is. So neither newcomers nor those that may go first by their
   * priority keep others waiting for ever.
   */
  async #fetch(query: Query, except: readonly string[]): Promise<Held<Message> | undefined> {
    const again = ({ data, deliveries }: Held<Message>) => ({
      ...data,
      deaths: data.deaths + deliveries - 1,
    });
    const byAge = () => {
      this.#byAge = !this.#byAge;
      return this.#byAge;
    };
    return await this.#queue.fetchBeside(query, except, again, byAge);
  }
}

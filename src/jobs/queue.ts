/** One queue of pg-boss: what is put into it, taken out, and held meanwhile. */
import type PgBoss from 'pg-boss';
import type { Query } from '../store/postgres/database.ts';
import { within } from './boss.ts';

/**
 * How often pg-boss hands out again what a process died over: without end, since a message that pg-boss gave up would be
 * lost, and its deaths end by themselves: from the tenth on, each answers an item (see `MOST_CLAIMS`).
 */
const MOST_DEATHS = 1_000_000;

/** Messages that may not be taken, to be passed over in one go. */
const MOST_PASSED_OVER = 32;

/** How a message is put into the queue. */
export interface Sending {
  /** Whose it is: pg-boss keeps it in a column, and makes nothing of it in a standard queue. */
  readonly tag: string;
  /** Higher ones are fetched first, unless the oldest is wanted; 0 when left out. */
  readonly priority?: number;
  /** When it is due, in ms from now; at once when left out. */
  readonly inMs?: number;
}

/** One handing out of a message. */
export interface Delivery {
  /** The message's, a UUID. */
  readonly id: string;
  /** How many times it was handed out, this one included: more than once where a process died over it. */
  readonly deliveries: number;
}

/** A message that this process holds. */
export interface Held<T> extends Delivery {
  readonly tag: string;
  readonly priority: number;
  readonly data: T;
}

/** A delivery as one word, for those who only pass it on. */
export function idOf({ id, deliveries }: Delivery): string {
  return `${id}/${deliveries}`;
}

/** The delivery of {@link idOf}. */
export function deliveryOf(word: string): Delivery {
  const [id = '', deliveries] = word.split('/');
  return { id, deliveries: Number(deliveries) };
}

/** What pg-boss answers, and its types leave out. */
interface Deleted {
  readonly affected: number;
}

/** See the top. All of it takes part in the transaction whose query it is given. */
export class Queue<T extends object> {
  readonly name: string;
  readonly #boss: PgBoss;
  readonly #holdMs: number;

  /**
   * @param name of a queue that `openBoss` made
   * @param holdMs how long a message stays with a process, in ms
   */
  constructor(boss: PgBoss, name: string, holdMs: number) {
    this.#boss = boss;
    this.name = name;
    this.#holdMs = holdMs;
  }

  /** Puts a message at the end of the queue. */
  async send(query: Query, data: T, { tag, priority = 0, inMs = 0 }: Sending): Promise<void> {
    const id = await this.#boss.send(this.name, data, {
      db: within(query),
      singletonKey: tag,
      priority,
      startAfter: inMs / 1_000,
      expireInSeconds: Math.ceil(this.#holdMs / 1_000),
      retryLimit: MOST_DEATHS,
      retryDelay: 0,
    });
    // pg-boss says nothing when there is no such queue.
    if (id === null) throw new Error(`The queue "${this.name}" is gone from the database.`);
  }

  /**
   * Takes the next message that is due.
   *
   * @param byAge the oldest; otherwise the oldest of the highest priority
   */
  async fetch(query: Query, byAge = false): Promise<Held<T> | undefined> {
    let failure: unknown;
    const { executeSql } = within(query);
    // pg-boss takes an error for an empty queue.
    const db: PgBoss.Db = {
      executeSql: (text, values) =>
        executeSql(text, values).catch((error: unknown) => {
          failure = error;
          throw error;
        }),
    };
    const [job] = await this.#boss.fetch<T>(this.name, { db, includeMetadata: true, priority: !byAge });
    if (failure !== undefined) throw failure;
    return (
      job && {
        id: job.id,
        tag: job.singletonKey ?? '',
        priority: job.priority,
        data: job.data,
        deliveries: job.retryCount + 1,
      }
    );
  }

  /**
   * Takes the next message that is due and whose tag is not among those. pg-boss cannot be told whom to leave out, so
   * what is passed over goes to the end of the queue: only to be used when there is one with another tag.
   *
   * @param again what a message that was passed over says from now on
   * @param byAge whether the next fetch takes the oldest
   */
  async fetchBeside(
    query: Query,
    except: readonly string[],
    again: (held: Held<T>) => T,
    byAge: () => boolean = () => false,
  ): Promise<Held<T> | undefined> {
    const passedOver: Held<T>[] = [];
    let found: Held<T> | undefined;
    while (passedOver.length < MOST_PASSED_OVER) {
      const held = await this.fetch(query, byAge());
      if (held !== undefined && except.includes(held.tag)) {
        passedOver.push(held);
        continue;
      }
      found = held;
      break;
    }
    for (const held of passedOver) {
      await this.remove(query, held.id);
      await this.send(query, again(held), held);
    }
    return found;
  }

  /** Takes a message out for good, whoever holds it. */
  async remove(query: Query, id: string): Promise<void> {
    await this.#boss.deleteJob(this.name, id, { db: within(query) });
  }

  /**
   * Takes a message out if it is still held by whom it was handed to: not by another since, nor waiting for one.
   *
   * @returns whether it was
   */
  async release(query: Query, { id, deliveries }: Delivery): Promise<boolean> {
    const db = within(query);
    const job = await this.#boss.getJobById(this.name, id, { db, includeArchive: false });
    if (job?.state !== 'active' || job.retryCount + 1 !== deliveries) return false;
    // Its time may have run out since it was looked at: then it is in the queue again, and not ours to put there.
    const deleted: unknown = await this.#boss.deleteJob(this.name, id, { db });
    return (deleted as Deleted).affected > 0;
  }
}

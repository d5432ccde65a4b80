/**
 * The way of counts into the books: straight, or over the spool while the database is away.
 *
 * Groups of this process arrive in the order of their numbers (see `books.ts`), so once one is in the spool, all
 * later ones go there too until it is empty. A group whose straight write failed may have arrived all the same, or
 * arrive late, from a server that was frozen; it goes to the spool under its number, which makes that harmless.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { type Entry, summed } from '../entry.ts';
import { GroupCommit } from '../group-commit.ts';
import type { Books, Group, LeaseLine } from './books.ts';
import type { Spool } from './spool.ts';

/** Most groups that are taken out of the spool at once. */
const MOST_AT_ONCE = 1_000;
/** How long to wait before the spool is looked at again, when it could not be emptied, in ms. */
const RETRY_MS = 2_000;
/** How long to wait for an append that is under way, in ms. */
const APPEND_MS = 2;

/** A change of the books, and the lease that it comes out of when its key has a quota. */
export interface Counted extends Entry {
  readonly lease?: string;
}

/** Where to write, and whom to tell. */
export interface WriterOptions {
  readonly books: Books;
  /** Without one, nothing can be counted while the database is away. */
  readonly spool: Spool | undefined;
  /** Called when the spool could not be emptied; it is tried again. */
  readonly onStuck: (error: unknown) => void;
}

/** The one writer of a process. */
export class Writer {
  readonly #id = randomUUID();
  readonly #books: Books;
  readonly #spool: Spool | undefined;
  readonly #onStuck: (error: unknown) => void;
  readonly #commits: GroupCommit<Counted>;
  #seq = 0;
  #spooling = false;
  #appending = false;
  /** Resolves when groups may be written again; set while the last of the spool is brought in. */
  #held: Promise<void> | undefined;
  #letGo: () => void = () => undefined;
  #draining: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ books, spool, onStuck }: WriterOptions) {
    this.#books = books;
    this.#spool = spool;
    this.#onStuck = onStuck;
    this.#commits = new GroupCommit((entries) => this.#write(entries));
  }

  /** Whether answered images of this process wait in the spool. */
  get spooling(): boolean {
    return this.#spooling;
  }

  /**
   * Resolves when the change outlives this process: it is in the books, or on the disk.
   *
   * @throws DetectError `store.unavailable`
   */
  async add(entry: Counted): Promise<void> {
    if (this.#closed) throw new DetectError('store.unavailable', SERVICE_DETAILS.storeClosed);
    await this.#commits.add(entry);
  }

  /** Brings what is in the spool into the books, as far as the database lets it; never rejects. */
  drain(): Promise<void> {
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** Resolves when all that was added is written; what comes later is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#commits.settled();
    clearTimeout(this.#retry);
    await this.#draining;
  }

  async #write(entries: readonly Counted[]): Promise<void> {
    const group = { lines: summed(entries), leases: summedLeases(entries) };
    await this.#held;
    const seq = ++this.#seq;
    if (this.#spooling) return await this.#toSpool(seq, group);
    try {
      await this.#books.write({ writer: this.#id, first: seq, last: seq }, group);
    } catch (error) {
      if (this.#spool === undefined) throw error;
      await this.#toSpool(seq, group);
    }
  }

  async #toSpool(seq: number, group: Group): Promise<void> {
    this.#spooling = true;
    this.#appending = true;
    try {
      await this.#spool?.append(this.#id, seq, group);
    } finally {
      this.#appending = false;
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#closed || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.drain();
    }, RETRY_MS).unref();
  }

  async #drainAll(): Promise<void> {
    if (this.#spool === undefined) return;
    try {
      for (const { writer } of await this.#spool.writers()) await this.#drainOf(writer, this.#spool);
      if (this.#spooling) await this.#drainOf(this.#id, this.#spool);
    } catch (error) {
      this.#onStuck(error);
      this.#retryLater();
    } finally {
      this.#letGo();
    }
  }

  async #drainOf(writer: string, spool: Spool): Promise<void> {
    for (;;) {
      await spool.drop(writer, await this.#books.lastOf(writer));
      const quiet = this.#held !== undefined && !this.#appending;
      const groups = await spool.firstOf(writer, MOST_AT_ONCE);
      const [first, last] = [groups[0], groups.at(-1)];
      if (writer === this.#id && groups.length < MOST_AT_ONCE) this.#hold();
      if (first !== undefined && last !== undefined) {
        // All of them are new to the books, or none is written: see the next round.
        await this.#books.write({ writer, first: first.seq, last: last.seq }, merged(groups));
      } else if (writer !== this.#id) {
        return;
      } else if (quiet) {
        this.#spooling = false;
        return;
      } else {
        await sleep(APPEND_MS);
      }
    }
  }

  /** Lets groups wait: under steady load, one more would always come into the spool while it is emptied. */
  #hold(): void {
    this.#held ??= new Promise((resolve) => {
      this.#letGo = () => {
        this.#held = undefined;
        resolve();
      };
    });
  }
}

function summedLeases(entries: readonly Counted[]): LeaseLine[] {
  return mergedLeases(
    entries.flatMap(({ lease, keyId, sum }) => (lease === undefined ? [] : [{ lease, keyId, sum }])),
  );
}

function mergedLeases(lines: readonly LeaseLine[]): LeaseLine[] {
  const sums = new Map<string, LeaseLine>();
  for (const { lease, keyId, sum } of lines) {
    sums.set(lease, { lease, keyId, sum: (sums.get(lease)?.sum ?? 0) + sum });
  }
  return [...sums.values()];
}

function merged(groups: readonly Group[]): Group {
  return {
    lines: summed(groups.flatMap(({ lines }) => lines)),
    leases: mergedLeases(groups.flatMap(({ leases }) => leases)),
  };
}

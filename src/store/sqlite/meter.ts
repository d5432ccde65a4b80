/**
 * Counting what is answered, and never more than the quota.
 *
 * The order is: set aside, inspect, commit, answer. As the count is committed before the answer leaves, every
 * 200 that a client saw is in the books, whatever happens to the process. The price is a window: when the
 * process dies between the commit and the write of the answer, an image is counted that nobody saw. No order
 * of the two steps, and no journal around them, closes it, since after the death nobody can know whether the
 * last bytes left (it is the two generals' problem); a count that comes after the answer would lose answered
 * images instead. So the window is kept small: the commit is a synchronous call, and its waiters answer in the
 * same turn of the event loop, so that only a death within those microseconds counts too much, and by no more
 * than the answers of one group. A client that hung up before its answer was sent is taken off with `undo`.
 */
import type { Entry } from '../entry.ts';
import { GroupCommit } from '../group-commit.ts';
import { Held } from '../held.ts';
import type { ApiKey, Reservation } from '../store.ts';
import type { Books } from './books.ts';

/** Runs a synchronous step in one turn of the event loop, as soon as the database lets it. */
export type Run = <T>(step: () => T) => Promise<T>;

/**
 * The images under way in this process, and the way into the books. Two servers on one file hold apart: they
 * can together overrun a quota by what the other one has under way at that moment.
 */
export class Meter {
  readonly #books: Books;
  readonly #run: Run;
  readonly #today: () => string;
  readonly #commits: GroupCommit<Entry>;
  /** Images set aside, by the id of a key with a quota; no entry is 0. */
  readonly #held = new Map<string, number>();

  /** @param today the UTC day, `YYYY-MM-DD` */
  constructor(books: Books, run: Run, today: () => string) {
    this.#books = books;
    this.#run = run;
    this.#today = today;
    this.#commits = new GroupCommit((entries) => this.#write(entries));
  }

  /** See `Store.reserve`. */
  async reserve({ id, quota }: Pick<ApiKey, 'id' | 'quota'>): Promise<Reservation | undefined> {
    if (quota !== null) {
      const free = await this.#run(() => {
        const held = this.#held.get(id) ?? 0;
        if (this.#books.answered(id) + held >= quota) return false;
        this.#held.set(id, held + 1);
        return true;
      });
      if (!free) return undefined;
    }
    return new Held({
      today: this.#today,
      count: (entry) => this.#commits.add({ keyId: id, ...entry }),
      letGo: () => this.#letGo(id),
    });
  }

  /** Resolves when everything that was to be counted is. */
  settled(): Promise<void> {
    return this.#commits.settled();
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    await this.#run(() => {
      this.#books.write(entries);
      // In the same turn as the write: an image is never both counted and held, nor neither.
      for (const { keyId, sum } of entries) if (sum > 0) this.#letGo(keyId);
    });
  }

  #letGo(keyId: string): void {
    const held = this.#held.get(keyId);
    if (held === undefined) return;
    if (held > 1) this.#held.set(keyId, held - 1);
    else this.#held.delete(keyId);
  }
}

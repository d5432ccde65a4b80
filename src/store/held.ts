/** A reservation's life, the same for every backend: held, then counted or given back, perhaps taken off again. */
import type { Entry } from './entry.ts';
import type { Reservation, Verdict } from './store.ts';

/** What the backend does with a held image. */
export interface HeldWays {
  /** The UTC day, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Resolves once the change is in the books for good. */
  readonly count: (entry: Omit<Entry, 'keyId'>) => Promise<void>;
  /** Gives the image back; called at most once, and not for one that was counted. */
  readonly letGo: () => void;
}

/** One image set aside. */
export class Held implements Reservation {
  readonly #ways: HeldWays;
  #entry: Omit<Entry, 'keyId'> | undefined;
  #committed: Promise<void> | undefined;
  #over = false;

  constructor(ways: HeldWays) {
    this.#ways = ways;
  }

  commit(verdict: Verdict): Promise<void> {
    if (this.#committed !== undefined) return this.#committed;
    if (this.#over) return Promise.resolve();
    this.#entry = { day: this.#ways.today(), verdict, sum: 1 };
    this.#committed = this.#ways.count(this.#entry).catch((error: unknown) => {
      this.#over = true;
      this.#ways.letGo();
      throw error;
    });
    return this.#committed;
  }

  release(): void {
    if (this.#over || this.#committed !== undefined) return;
    this.#over = true;
    this.#ways.letGo();
  }

  async undo(): Promise<void> {
    if (this.#entry === undefined) return;
    await this.#committed?.catch(() => undefined);
    if (this.#over) return;
    this.#over = true;
    await this.#ways.count({ ...this.#entry, sum: -1 });
  }
}

import { DetectError } from '../errors.ts';
import type { Release } from './admission.ts';

/**
 * How much of what is free one key may hold: with 2, one busy key takes two thirds of the room and leaves a third to
 * newcomers, two busy keys take two fifths each and leave one (Choudhury and Hahne, "Dynamic queue length thresholds
 * for shared-memory packet switches", 1998).
 */
const SHARE_OF_FREE = 2;

/** What a request takes up, and what its key may. */
export interface Entry {
  /** How much room the request takes, as of now; 1 if left out. */
  readonly weight?: number;
  /**
   * How much room the key could make use of if it were the only one; keys that are inside share it. Without a limit if
   * left out. A key that holds nothing is not held to it.
   */
  readonly useful?: number;
}

/** How many requests are somewhere between their arrival and their answer, by key; decides at once who may join. */
export class Intake {
  readonly #held = new Map<string, { count: number; weight: number }>();
  #total = 0;

  /** How much room is taken. */
  get total(): number {
    return this.#total;
  }

  /**
   * Lets a request in.
   *
   * @param room how much there is for all, as of now; it may change from one call to the next
   * @throws DetectError `overload.queue` when there is no room, or none for this key; a key that holds nothing is let in
   *         while there is any
   */
  enter(key: string, room: number, { weight = 1, useful = Number.POSITIVE_INFINITY }: Entry = {}): Release {
    const own = this.#held.get(key) ?? { count: 0, weight: 0 };
    const isBeyondShare = own.weight >= SHARE_OF_FREE * (room - this.#total);
    const isBeyondUse = own.count > 0 && own.weight >= useful / this.#held.size;
    if (isBeyondShare || isBeyondUse) throw new DetectError('overload.queue');
    own.count++;
    own.weight += weight;
    this.#held.set(key, own);
    this.#total += weight;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      own.count--;
      own.weight -= weight;
      this.#total -= weight;
      if (own.count === 0) this.#held.delete(key);
      // What is left of fractions would add up.
      if (this.#held.size === 0) this.#total = 0;
    };
  }
}

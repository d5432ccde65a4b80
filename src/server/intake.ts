import { DetectError } from '../wire/errors.ts';
import type { Release } from './admission.ts';

/**
 * How much of what is free one key may hold: with 2, one busy key takes two thirds of the limit and leaves a third to
 * newcomers, two busy keys take two fifths each and leave one (Choudhury and Hahne, "Dynamic queue length thresholds
 * for shared-memory packet switches", 1998).
 */
const SHARE_OF_FREE = 2;

/** How many requests are somewhere between their arrival and their answer, by key; decides at once who may join. */
export class Intake {
  readonly #held = new Map<string, number>();
  #total = 0;

  /** How many are inside. */
  get total(): number {
    return this.#total;
  }

  /**
   * Lets a request in.
   *
   * @param limit how many may be inside, as of now; it may change from one call to the next
   * @throws DetectError `overload.queue` when there is no room, or none for this key
   */
  enter(key: string, limit: number): Release {
    const held = this.#held.get(key) ?? 0;
    if (held >= SHARE_OF_FREE * (limit - this.#total)) throw new DetectError('overload.queue');
    this.#held.set(key, held + 1);
    this.#total++;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#total--;
      const left = (this.#held.get(key) ?? 0) - 1;
      if (left > 0) this.#held.set(key, left);
      else this.#held.delete(key);
    };
  }
}

/** A running mean that forgets: each new value counts for a sixteenth. */
export class RunningMean {
  #value: number;

  /** @param first what is assumed until values come */
  constructor(first: number) {
    this.#value = first;
  }

  /** The mean as of now. */
  get value(): number {
    return this.#value;
  }

  /** Adds a value. */
  add(value: number): void {
    this.#value += (value - this.#value) / 16;
  }
}

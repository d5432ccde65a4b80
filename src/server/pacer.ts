/**
 * Spreads long computations over turns of the event loop: however many callers there are, one of them goes on a turn,
 * in the order in which they asked.
 */
export class Pacer {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn. What it then does at once is all that this turn of the loop is held up by. */
  readonly pause = (): Promise<void> =>
    new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(this.#next);
    });

  readonly #next = (): void => {
    const go = this.#waiting.shift();
    // Scheduled while immediates are run, it is run in the next turn.
    if (this.#waiting.length > 0) setImmediate(this.#next);
    go?.();
  };
}

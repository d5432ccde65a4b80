/** What one process has under way for jobs: batches, or calls of webhooks. */

/** Knows it while it is worked on, and wakes whoever waits for a change. */
export class Workload<T extends object> {
  readonly #running = new Map<T, { readonly since: number; readonly ended: Promise<void> }>();
  readonly #keyOf: (work: T) => string;
  #wake: () => void = () => undefined;

  /** @param keyOf whose work it is */
  constructor(keyOf: (work: T) => string) {
    this.#keyOf = keyOf;
  }

  /** How much is under way. */
  get size(): number {
    return this.#running.size;
  }

  /** How much has been under way for less than so many ms. */
  youngerThan(ms: number): number {
    const since = performance.now() - ms;
    return [...this.#running.values()].filter((running) => running.since > since).length;
  }

  /**
   * Keys that have as much under way as there is room for more, and so their share: one key gets half of all places, two
   * get a third each, and whoever has nothing under way finds room while there is any.
   *
   * @param places for all that is under way
   */
  keysWithShare(places: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const work of this.#running.keys()) {
      const key = this.#keyOf(work);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count >= places - this.size).map(([key]) => key);
  }

  /** Takes something in until it ends. @param ends never rejects */
  add(work: T, ends: Promise<void>): void {
    const ended = ends.then(() => {
      this.#running.delete(work);
      this.#wake();
    });
    this.#running.set(work, { since: performance.now(), ended });
  }

  /** Ends the wait of whoever waits for a change. */
  wake(): void {
    this.#wake();
  }

  /** Resolves with the next change, or after so many ms. */
  async change(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }
}

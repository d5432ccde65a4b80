/** What was started, to be ended in reverse. */
export class Closers {
  readonly #tasks: (() => unknown)[] = [];

  /** Adds what ends the thing that was started last; whatever it gives is waited for. */
  add(task: () => unknown): void {
    this.#tasks.push(task);
  }

  /**
   * Ends all of it, last first. What does not end keeps nothing else from it.
   *
   * @throws the first failure, once everything was asked to end
   */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      try {
        await task();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** Starts something of several parts; what was started is ended again if a later part cannot start. */
export async function startWith<T>(start: (closers: Closers) => Promise<T>): Promise<T> {
  const closers = new Closers();
  try {
    return await start(closers);
  } catch (error) {
    // Why it does not start says more than what does not end because of that.
    await closers.close().catch(() => undefined);
    throw error;
  }
}

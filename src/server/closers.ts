/** What was started, to be ended in reverse. */
export class Closers {
  readonly #tasks: (() => unknown)[] = [];

  /** Adds what ends the thing that was started last; whatever it gives is waited for. */
  add(task: () => unknown): void {
    this.#tasks.push(task);
  }

  /** Ends all of it, last first. */
  async close(): Promise<void> {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) await task();
  }
}

/** Starts something of several parts; what was started is ended again if a later part cannot start. */
export async function startWith<T>(start: (closers: Closers) => Promise<T>): Promise<T> {
  const closers = new Closers();
  try {
    return await start(closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

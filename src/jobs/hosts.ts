/** Being polite: no host is asked for many pictures at once, however many jobs name it. */

/** Pictures of one host that one process has under way: what a browser does, less two. */
export const MOST_PER_HOST = 4;

/** Lets so many pieces of work at a time go to each host, in the order in which they came. */
export class Hosts {
  readonly #most: number;
  readonly #busy = new Map<string, number>();
  readonly #lines = new Map<string, (() => void)[]>();

  /** @param most pieces of work at a time, 1 or more */
  constructor(most = MOST_PER_HOST) {
    this.#most = most;
  }

  /**
   * Does the work when it is the host's turn.
   *
   * @param signal ends the wait for it, which then rejects with the signal's reason
   */
  async visit<T>(host: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(host, signal);
    try {
      return await work();
    } finally {
      this.#leave(host);
    }
  }

  #enter(host: string, signal: AbortSignal): Promise<void> | undefined {
    signal.throwIfAborted();
    const busy = this.#busy.get(host) ?? 0;
    if (busy < this.#most) {
      this.#busy.set(host, busy + 1);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(host) ?? [];
      this.#lines.set(host, line);
      const giveUp = () => {
        line.splice(line.indexOf(enter), 1);
        if (line.length === 0) this.#lines.delete(host);
        reject(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      line.push(enter);
    });
  }

  /** Hands the place on, or gives it up. */
  #leave(host: string): void {
    const line = this.#lines.get(host);
    const next = line?.shift();
    if (line?.length === 0) this.#lines.delete(host);
    if (next) {
      next();
      return;
    }
    const busy = (this.#busy.get(host) ?? 1) - 1;
    if (busy > 0) this.#busy.set(host, busy);
    else this.#busy.delete(host);
  }
}

/** Being polite: no host is asked for many pictures at once, however many jobs name it. */

/** Pictures of one host that one process has under way: what a browser does, less two. */
const MOST_PER_HOST = 4;

/** Those who wait for a host, by key; the key whose turn is next first. */
type Lines = Map<string, (() => void)[]>;

/**
 * Lets so many pieces of work at a time go to each host. Keys that wait for the same host take turns, so that one key's
 * long list of its pictures holds up nobody else's short one.
 */
export class Hosts {
  readonly #most: number;
  readonly #busy = new Map<string, number>();
  readonly #waiting = new Map<string, Lines>();

  /** @param most pieces of work at a time, 1 or more */
  constructor(most = MOST_PER_HOST) {
    this.#most = most;
  }

  /**
   * Does the work when it is the host's turn.
   *
   * @param key whose work it is
   * @param signal ends the wait for it, which then rejects with the signal's reason
   */
  async visit<T>(host: string, key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(host, key, signal);
    try {
      return await work();
    } finally {
      this.#leave(host);
    }
  }

  #enter(host: string, key: string, signal: AbortSignal): Promise<void> | undefined {
    signal.throwIfAborted();
    const busy = this.#busy.get(host) ?? 0;
    if (busy < this.#most) {
      this.#busy.set(host, busy + 1);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const lines: Lines = this.#waiting.get(host) ?? new Map();
      this.#waiting.set(host, lines);
      const giveUp = () => {
        this.#remove(host, key, enter);
        reject(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      const line = lines.get(key);
      if (line) line.push(enter);
      else lines.set(key, [enter]);
    });
  }

  /** Hands the place on to the first of the key in turn, and puts that key last; or gives it up. */
  #leave(host: string): void {
    const lines = this.#waiting.get(host);
    const [next] = lines ?? [];
    if (lines !== undefined && next !== undefined) {
      const [key, line] = next;
      const enter = line[0] as () => void;
      this.#remove(host, key, enter);
      if (lines.delete(key)) lines.set(key, line);
      enter();
      return;
    }
    const busy = (this.#busy.get(host) ?? 1) - 1;
    if (busy > 0) this.#busy.set(host, busy);
    else this.#busy.delete(host);
  }

  #remove(host: string, key: string, enter: () => void): void {
    const lines = this.#waiting.get(host);
    const line = lines?.get(key);
    if (lines === undefined || line === undefined) return;
    line.splice(line.indexOf(enter), 1);
    if (line.length === 0) lines.delete(key);
    if (lines.size === 0) this.#waiting.delete(host);
  }
}

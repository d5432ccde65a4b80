/** A map that forgets what was not used for longest when it is full. */
export class RecentMap<T> {
  /** Least recently used first. */
  readonly #entries = new Map<string, T>();
  readonly #most: number;

  /** @param most entries at a time, 1 or more */
  constructor(most: number) {
    this.#most = most;
  }

  /** The entry at a place, made when there is none; it is the most recently used one from now on. */
  use(at: string, make: () => T): T {
    const entry = this.#entries.get(at) ?? make();
    this.#entries.delete(at);
    this.#entries.set(at, entry);
    if (this.#entries.size > this.#most) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}

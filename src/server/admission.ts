import { DetectError } from '../errors.ts';

/**
 * How long a queue may stand, in milliseconds, before it counts as overload and not as a burst. Below it, all that
 * finds room may wait; above it, waiting longer would only make every answer late (the idea of CoDel, RFC 8289).
 * Overload ends when nothing had to be refused for as long.
 */
export const STANDING_MS = 500;

/** How long a request that joins its key's line in a standing queue may wait, in milliseconds, before it is refused. */
export const PATIENCE_MS = 20;

/** The bounds of one stage of work. */
export interface AdmissionOptions {
  /** How many may work at once, 1 or more. */
  readonly places: number;
  /** How many may wait for a place, 0 or more. */
  readonly queue: number;
  /** How many places one key may hold at once, 1 or more, as of now; all of them if left out. */
  readonly placesPerKey?: number | ((key: string) => number);
  /**
   * How many places one key may hold at once for each that is free. With 1, one key holds half of all, two keys a third
   * each, and a newcomer always finds some, however many keys hold on to theirs; without end if left out.
   */
  readonly shareOfFree?: number;
}

/** Gives the place back; calling it again does nothing. */
export type Release = () => void;

interface Waiter {
  readonly enter: () => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * A bounded number of places with a bounded queue in front, shared fairly between keys: places go round among the
 * keys that wait, and a newcomer to a full queue takes the place of the newest waiter of the key that has the most
 * waiting. So one key's flood costs that key, and no other.
 */
export class Admission {
  readonly #options: Required<AdmissionOptions>;
  /** Waiters by key, the key whose turn is next first; no key without waiters. */
  readonly #lines = new Map<string, Waiter[]>();
  readonly #held = new Map<string, number>();
  #active = 0;
  #waiting = 0;
  #standingSince = 0;
  #overloadedUntil = 0;

  constructor(options: AdmissionOptions) {
    this.#options = { placesPerKey: options.places, shareOfFree: Number.POSITIVE_INFINITY, ...options };
  }

  /** How many hold a place. */
  get active(): number {
    return this.#active;
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Refuses, before any work is done, what would be refused after its wait.
   *
   * @throws DetectError `overload.queue` when there is overload and the key has its share of the queue
   */
  check(key: string): void {
    const own = this.#lines.get(key)?.length ?? 0;
    if (own * this.#lines.size >= this.#options.places && this.#isOverloaded()) throw this.#refusal();
  }

  /**
   * Waits for a place.
   *
   * @param key    whose share it comes out of
   * @param signal gives up the wait; the promise then rejects with its reason
   * @throws DetectError `overload.queue`, at once when there is no room to wait, soon when the queue is standing
   */
  acquire(key: string, signal: AbortSignal): Promise<Release> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.#mayHold(key)) return resolve(this.#take(key));
      if (this.#waiting >= this.#options.queue) this.#makeRoom(key);

      const waiter: Waiter = {
        enter: () => {
          settle();
          resolve(this.#take(key));
        },
        refuse: (reason) => {
          settle();
          reject(reason);
        },
      };
      const leave = (reason: unknown) => {
        this.#remove(key, waiter);
        waiter.refuse(reason);
      };
      const onAbort = () => leave(signal.reason);
      // The first of a key's line is soon in turn, however long the lines of others are.
      const patience =
        this.#lines.has(key) && this.#isOverloaded()
          ? setTimeout(() => leave(this.#refusal()), PATIENCE_MS)
          : undefined;
      const settle = () => {
        clearTimeout(patience);
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#add(key, waiter);
    });
  }

  #mayHold(key: string): boolean {
    const { places, placesPerKey, shareOfFree } = this.#options;
    const free = places - this.#active;
    const held = this.#held.get(key) ?? 0;
    const most = typeof placesPerKey === 'number' ? placesPerKey : placesPerKey(key);
    return free > 0 && held < most && (held === 0 || held < shareOfFree * free);
  }

  #isOverloaded(): boolean {
    const now = performance.now();
    const isStanding = this.#waiting > 0 && now - this.#standingSince > STANDING_MS;
    return isStanding || now < this.#overloadedUntil;
  }

  /** A refusal for overload, which goes on as long as there are any: an empty moment does not end it. */
  #refusal(): DetectError {
    this.#overloadedUntil = performance.now() + STANDING_MS;
    return new DetectError('overload.queue');
  }

  #take(key: string): Release {
    this.#active++;
    this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#active--;
      const left = (this.#held.get(key) ?? 0) - 1;
      if (left > 0) this.#held.set(key, left);
      else this.#held.delete(key);
      this.#next();
    };
  }

  /** Gives a free place to the first key in turn that may hold one more, and puts that key last. */
  #next(): void {
    for (const [key, line] of this.#lines) {
      if (!this.#mayHold(key)) continue;
      const waiter = line[0] as Waiter;
      this.#remove(key, waiter);
      if (this.#lines.delete(key)) this.#lines.set(key, line);
      waiter.enter();
      return;
    }
  }

  #add(key: string, waiter: Waiter): void {
    if (this.#waiting++ === 0) this.#standingSince = performance.now();
    const line = this.#lines.get(key);
    if (line) line.push(waiter);
    else this.#lines.set(key, [waiter]);
  }

  #remove(key: string, waiter: Waiter): void {
    const line = this.#lines.get(key) as Waiter[];
    line.splice(line.indexOf(waiter), 1);
    if (line.length === 0) this.#lines.delete(key);
    this.#waiting--;
  }

  #makeRoom(key: string): void {
    let longest: [string, Waiter[]] | undefined;
    for (const entry of this.#lines) {
      if (longest === undefined || entry[1].length > longest[1].length) longest = entry;
    }
    const own = this.#lines.get(key)?.length ?? 0;
    // Strictly more than the newcomer's line would have: otherwise two keys would push each other out for ever.
    if (longest === undefined || longest[1].length <= own + 1) throw new DetectError('overload.queue');
    const newest = longest[1].at(-1) as Waiter;
    this.#remove(longest[0], newest);
    newest.refuse(new DetectError('overload.queue'));
  }
}

/** How long the stages of work take, for each key: one key's slow pictures say nothing of another's. */
import { LRUCache } from 'lru-cache';

/** Assumed until some were measured: how long a download and an inspection take, in milliseconds. */
const FIRST_DOWNLOAD_MS = 200;
const FIRST_INSPECTION_MS = 40;
/** Keys whose pace is remembered; the least recently used go first, and are measured anew when they return. */
const MOST_KEYS = 10_000;

/** What one key's requests take, in milliseconds. */
export interface Pace {
  readonly download: RunningMean;
  readonly inspection: RunningMean;
}

/** The pace of each key. */
export class Paces {
  readonly #paces = new LRUCache<string, Pace>({
    max: MOST_KEYS,
    memoMethod: () => ({
      download: new RunningMean(FIRST_DOWNLOAD_MS),
      inspection: new RunningMean(FIRST_INSPECTION_MS),
    }),
  });

  /** The pace of a key, to be read and added to. */
  of(key: string): Pace {
    return this.#paces.memo(key);
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

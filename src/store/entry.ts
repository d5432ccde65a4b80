/** What a request adds to the books, and many of them as few lines. */
import type { Verdict } from './store.ts';

/** A change of one count: 1 for an answer, -1 for one taken back. */
export interface Entry {
  readonly keyId: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly verdict: Verdict;
  readonly change: 1 | -1;
}

/** The changes of one key, day and verdict together. */
export interface Line extends Omit<Entry, 'change'> {
  /** May be negative, or 0. */
  readonly sum: number;
}

/** One line for each key, day and verdict, in the order in which they first come. */
export function summed(entries: readonly Entry[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { keyId, day, verdict, change } of entries) {
    const at = `${keyId} ${day} ${verdict}`;
    lines.set(at, { keyId, day, verdict, sum: (lines.get(at)?.sum ?? 0) + change });
  }
  return [...lines.values()];
}

/** What a request adds to the books, and many of them as few lines. */
import type { Verdict } from './store.ts';

/** Changes of one count. */
export interface Line {
  readonly keyId: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly verdict: Verdict;
  /** Images answered, less those taken back; may be negative, or 0. */
  readonly sum: number;
}

/** A single change: 1 for an answer, -1 for one taken back. */
export interface Entry extends Line {
  readonly sum: 1 | -1;
}

/** One line for each key, day and verdict, in the order in which they first come. */
export function summed(changes: readonly Line[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { keyId, day, verdict, sum } of changes) {
    const at = `${keyId} ${day} ${verdict}`;
    lines.set(at, { keyId, day, verdict, sum: (lines.get(at)?.sum ?? 0) + sum });
  }
  return [...lines.values()];
}

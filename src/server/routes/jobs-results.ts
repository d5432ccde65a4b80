/** The results of a job for a reader, who may be slow, and be one of many. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../jobs/job.ts';
import type { JobStore } from '../../jobs/store.ts';
import { hasEnded, resultText } from '../../jobs/wire.ts';

/** Results that are read at a time: as many as have about so many bytes by those before, and at most, least and at first so many. */
const PAGE_BYTES = 64 * 1024;
const MOST_LINES = 500;
const LEAST_LINES = 8;
const FIRST_LINES = 32;
/** How often a reader who waits is looked for results, in ms. */
const FOLLOW_MS = 250;

/**
 * Results behind the cursor: those that are there, and then those that come, for as long as the reader likes to wait.
 * Each line has its own cursor, so that a reader who was cut off anywhere goes on behind the last whole line.
 */
export async function* follow(
  jobs: JobStore,
  found: Job,
  after: number,
  isOver: () => boolean,
): AsyncGenerator<string> {
  let job: Job | undefined = found;
  let limit = FIRST_LINES;
  for (let cursor = after; job !== undefined; job = await jobs.find(job.id, job.keyId)) {
    for (;;) {
      const lines = await jobs.results(job.id, cursor, limit);
      cursor = lines.at(-1)?.cursor ?? cursor;
      const isLast = lines.length < limit;
      if (lines.length > 0) {
        const text = lines.map(resultText).join('');
        limit = linesOf(text.length / lines.length);
        yield text;
      }
      if (isLast) break;
    }
    // Asked before the results were read, so that none can come after.
    if (hasEnded(job) || isOver()) return;
    await sleep(FOLLOW_MS);
  }
}

/** How many lines of that length are read at a time: what a slow reader does not take yet is held in memory. */
function linesOf(length: number): number {
  return Math.max(LEAST_LINES, Math.min(MOST_LINES, Math.floor(PAGE_BYTES / length)));
}

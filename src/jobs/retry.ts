/** Which failures may pass, and how long to wait for that. */
import { TargetRefused } from '../download/refusal.ts';
import type { DetectError, ErrorCode } from '../errors.ts';

/** How long to wait before each further attempt, in ms; after the last one a failure is final. */
export const RETRY_DELAYS_MS: readonly number[] = [2_000, 15_000, 90_000];
/** How far delays are spread, so that what failed together does not come back together. */
const SPREAD = 0.25;

/** Statuses below 500 that say "not now". */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);
/** Failures of the way to a picture, and of an inspection that took its worker along. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'download.timeout',
  'download.cut_off',
  'download.unreachable',
  'deadline.passed',
  'inspect.failed',
]);
/** Failures that say nothing of the picture: the work was not done. */
const NOT_DONE: ReadonlySet<ErrorCode> = new Set([
  'overload.queue',
  'inspect.aborted',
  'store.unavailable',
  'store.full',
]);

/** What a failure means for an item: its answer, a further attempt, or as if nothing had been tried. */
export type Meaning = 'final' | 'passing' | 'not done';

/** Tells what a failure means. */
export function meaningOf(error: DetectError): Meaning {
  if (NOT_DONE.has(error.code)) return 'not done';
  if (error.cause instanceof TargetRefused && error.cause.isLasting) return 'final';
  if (PASSING.has(error.code)) return 'passing';
  if (error.code === 'download.http_status' && mayPass(statusOf(error))) return 'passing';
  return 'final';
}

/**
 * How long to wait for the next attempt, in ms.
 *
 * @param attempt how many there were
 * @returns undefined when there is no further one
 */
export function delayAfter(attempt: number, delaysMs = RETRY_DELAYS_MS): number | undefined {
  const delay = delaysMs[attempt - 1];
  return delay && Math.round(delay * (1 + SPREAD * (2 * Math.random() - 1)));
}

function mayPass(status: number): boolean {
  return status >= 500 || PASSING_STATUSES.has(status);
}

/** The status that a picture's server answered, which a download leaves as its error's cause; 0 without. */
function statusOf({ cause }: DetectError): number {
  const status = (cause as { readonly status?: unknown } | undefined)?.status;
  return typeof status === 'number' ? status : 0;
}

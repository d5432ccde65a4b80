/** Whether a failed try is worth another one, and after which pause. */
import type { ServiceError } from './error.ts';
import type { Limits } from './options.ts';

/** The first pause, in ms; each further one is twice as long, up to the longest. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/** A service that asks to wait longer than this, in ms, is not waited for. */
const LONGEST_ASKED_MS = 10 * 60_000;
/** The status of what was refused before anything was done about it. */
const NOT_BEGUN = 429;

/**
 * Which calls may be repeated.
 *
 * - `always`: doing it twice is like doing it once, except that one more image is counted.
 * - `refused`: twice is not like once, so only where the answer says that nothing has begun: 429. A 503 may come from a proxy whose
 *   connection to the service broke after the service had done it.
 * - `never`: what is sent is there only once.
 */
export type Repeat = 'always' | 'refused' | 'never';

/** The tries of one call. */
export class Backoff {
  readonly #limits: Pick<Limits, 'retries' | 'busyRetries'>;
  #busy = 0;
  #failed = 0;

  constructor(limits: Pick<Limits, 'retries' | 'busyRetries'>) {
    this.#limits = limits;
  }

  /** How long to wait before the next try, in ms; null where it ends here. */
  pauseAfter(error: ServiceError, repeat: Repeat): number | null {
    if (!error.retryable || repeat === 'never') return null;
    if (repeat === 'refused' && error.status !== NOT_BEGUN) return null;
    const isBusy = error.status === NOT_BEGUN;
    const tried = isBusy ? this.#busy++ : this.#failed++;
    if (tried >= (isBusy ? this.#limits.busyRetries : this.#limits.retries)) return null;
    const asked = error.retryAfterMs ?? 0;
    if (asked > LONGEST_ASKED_MS) return null;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tried);
    // Spread, so that those who were refused together do not come back together; never sooner than asked.
    return Math.max(pause * (0.5 + Math.random()), asked * (1 + Math.random() / 10));
  }
}

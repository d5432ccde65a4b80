/** Calls the webhooks of jobs that ended: many at a time, so that none waits for another's receiver. */
import type { Notice } from './job.ts';
import { delayAfter } from './retry.ts';
import type { JobStore } from './store.ts';
import type { Deliver } from './webhook.ts';
import { Workload } from './workload.ts';

/** Calls at a time; each is a connection, and most of its time it waits. One key has half of them at most. */
const MOST_CALLS = 32;

/** What a notifier is made of. */
export interface NotifierOptions {
  readonly jobs: Pick<JobStore, 'claimNotice' | 'endNotice'>;
  /** Calls a webhook. */
  readonly deliver: Deliver;
  /** Waits between attempts, in ms. */
  readonly retryDelaysMs: readonly number[];
  /** Ends the calls under way; what was not called is put back. */
  readonly signal: AbortSignal;
  /** Told of what went wrong with the queue itself. */
  readonly onTrouble: (error: unknown) => void;
}

/** See the top. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #calls = new Workload<Notice>(({ job }) => job.keyId);

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Begins the calls that are due, until there are none, or no room for more. */
  async begin(): Promise<void> {
    const { jobs, signal } = this.#options;
    while (!signal.aborted && this.#calls.size < MOST_CALLS) {
      const notice = await jobs.claimNotice(this.#calls.keysWithShare(MOST_CALLS));
      if (notice === undefined) return;
      this.#calls.add(notice, this.#call(notice));
    }
  }

  /** Resolves when no call is under way. */
  idle(): Promise<void> {
    return this.#calls.idle();
  }

  async #call(notice: Notice): Promise<void> {
    const { jobs, deliver, retryDelaysMs, signal, onTrouble } = this.#options;
    const ended = await deliver(notice, signal).then(
      () => true,
      () => false,
    );
    const delay = ended ? null : (delayAfter(notice.attempt + 1, retryDelaysMs) ?? null);
    try {
      await jobs.endNotice(notice, signal.aborted && !ended ? 0 : delay);
    } catch (error) {
      // It comes free by itself.
      onTrouble(error);
    }
  }
}

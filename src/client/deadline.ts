/** Time that something may take, and a signal that ends it sooner. */
import { CLIENT_DETAILS, fill } from '../errors.ts';
import { ServiceError } from './error.ts';

/** A timer of more milliseconds than this would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ends by itself, or with the signal above it. It has to be closed: a signal that lives longer would hold it. */
export class Deadline {
  readonly #ms: number;
  readonly #above: AbortSignal | undefined;
  readonly #controller = new AbortController();
  #end = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPassed = false;
  readonly #onAbort = () => this.#controller.abort(this.#above?.reason);

  constructor(ms: number, above?: AbortSignal) {
    this.#ms = ms;
    this.#above = above;
    this.restart();
    if (above?.aborted) this.#onAbort();
    else above?.addEventListener('abort', this.#onAbort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is left of it, in milliseconds. */
  get leftMs(): number {
    return this.#end - performance.now();
  }

  /** Begins anew: for what may take long in all, and must not stand still. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#end = performance.now() + this.#ms;
    if (this.#ms > LONGEST_TIMER_MS) return;
    this.#timer = setTimeout(() => {
      this.#isPassed = true;
      this.#controller.abort();
    }, this.#ms);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#above?.removeEventListener('abort', this.#onAbort);
  }

  /** Why it has ended; undefined while it has not. @param cause what went wrong meanwhile */
  failure(cause?: unknown): ServiceError | undefined {
    if (this.#isPassed) {
      return new ServiceError('service.timeout', fill(CLIENT_DETAILS.late, { ms: this.#ms }), {
        cause,
      });
    }
    if (!this.signal.aborted) return undefined;
    return new ServiceError('inspect.aborted', undefined, { cause: this.signal.reason });
  }

  /** Resolves after so many milliseconds, or once it has ended. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done);
    });
  }
}

import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';
import { untilAborted } from './until-aborted.ts';

/** One limit of time, and the caller's wish to stop, over everything that a download does. */
export interface Deadline {
  /** Aborted with a `DetectError` as its reason. */
  readonly signal: AbortSignal;
  /** Ends the download now, for a reason of our own. */
  abort(reason: DetectError): void;
  /** Settles as the promise does, or rejects with the signal's reason if that comes first. */
  race<T>(promise: Promise<T>): Promise<T>;
  /** Frees the timer and the listener; call it when the download has ended. */
  clear(): void;
}

function callerGaveUp(reason: unknown): DetectError {
  return reason instanceof DetectError
    ? reason
    : new DetectError('inspect.aborted', undefined, { cause: reason });
}

/**
 * Starts the clock.
 *
 * @param milliseconds after which the signal is aborted with `download.timeout`
 * @param caller       its abort is passed on: its reason if that is a `DetectError`, else `inspect.aborted`
 */
export function startDeadline(milliseconds: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort(callerGaveUp(caller?.reason));
  if (caller?.aborted) stop();
  caller?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new DetectError('download.timeout', fill(DOWNLOAD_DETAILS.late, { ms: milliseconds })));
  }, milliseconds);

  return {
    signal,
    abort: (reason) => controller.abort(reason),
    race: (promise) => untilAborted(promise, signal),
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', stop);
    },
  };
}

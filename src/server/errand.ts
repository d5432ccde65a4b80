import { DetectError } from '../errors.ts';
import type { Inspect } from '../jobs/turn.ts';
import type { Examiner } from './examine.ts';
import type { Errand } from './exchange.ts';

/**
 * All jobs together are one key to the places and queues that they share with requests: a caller who waits for an
 * answer is never behind a million that nobody waits for. Among themselves jobs take turns in their own queue.
 */
const SHARE_OF_JOBS = 'jobs';

/**
 * Has the items of jobs inspected by the same examiner as requests, within the same bounds.
 *
 * @param deadlineMs of one item, from its download to its inspection, in ms
 */
export function inspectBy(examiner: Pick<Examiner, 'fromUrl'>, deadlineMs: number): Inspect {
  return async (url, { generator, signal }) => {
    const policy = generator === null ? {} : { for: generator };
    const work = new AbortController();
    const stop = () => work.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const end = performance.now() + deadlineMs;
    const timer = setTimeout(() => work.abort(new DetectError('deadline.passed')), deadlineMs);
    const errand: Errand = {
      share: SHARE_OF_JOBS,
      signal: work.signal,
      gone: signal,
      get timeLeft() {
        return Math.max(1, Math.ceil(end - performance.now()));
      },
      stage: (_name, task) => task(),
      imageHost: undefined,
      imageBytes: undefined,
      isKnown: undefined,
      openUpload: undefined,
    };
    try {
      return (await examiner.fromUrl(url, errand, { policy })).inspection;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  };
}

/** Jobs of a service: many addresses at once, inspected in the background. */
import { CLIENT_DETAILS } from '../errors.ts';
import type { JobBody, ResultBody } from '../wire/job.ts';
import { JOBS_PATH } from '../wire/paths.ts';
import { Backoff } from './backoff.ts';
import { ServiceError } from './error.ts';
import { isJob } from './fits.ts';
import { type JobItem, type JobList, listBody } from './list.ts';
import type { CallOptions } from './options.ts';
import { linesOf, objectOf, parseJson, unexpected } from './reading.ts';
import { type Ask, type Call, pauseOrThrow, type Sender } from './sender.ts';

export type { JobItem, JobList };

/** Largest job in bytes; one has some 500. */
const MOST_JOB_BYTES = 256 * 1024;
/** Longest line of results in characters; an address has 8 KiB at most. */
const MOST_LINE_BYTES = 1024 * 1024;
/** How long one look at the results goes on with those that come, in seconds. */
const WAIT_SECONDS = 30;
/** Least time between two looks that gave nothing, in ms: a service with too many who wait sends them away at once. */
const LOOK_MS = 1_000;
/** How long a list may take to be sent, in ms: as long as the service waits for it. */
const SENDING_MS = 10 * 60_000;

/** A job that was made. */
export interface CreatedJob extends JobBody {
  /** What the webhook is signed with; it is shown only now. */
  readonly webhook_secret?: string;
}

/** How a job is wanted. */
export interface SubmitOptions extends CallOptions {
  /** An address that is told of the end. */
  readonly webhook?: string | undefined;
  /** The generator that the pictures are for. */
  readonly for?: string | undefined;
}

/** Which results are wanted. */
export interface ResultsOptions extends CallOptions {
  /** The cursor of the last one that is known; 0, before all of them, if left out. */
  readonly after?: number | undefined;
}

/** The jobs of one service. All methods reject with ServiceError. */
export class Jobs {
  readonly #sender: Sender;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /**
   * Makes a job. It is sent again only after 429: of any other failure nobody knows whether there is one now.
   *
   * @param list up to a million addresses
   */
  async submit(list: JobList, options: SubmitOptions = {}): Promise<CreatedJob> {
    const { webhook, for: generator, ...own } = options;
    const { body, isOnce } = listBody(list);
    const asked = new URLSearchParams({
      ...(webhook !== undefined && { webhook }),
      ...(generator !== undefined && { for: generator }),
    });
    const ask: Ask = {
      method: 'POST',
      to: `${JOBS_PATH}?${asked}`,
      headers: { 'content-type': 'application/x-ndjson' },
      body,
      repeat: isOnce ? 'never' : 'refused',
    };
    const times = { timeoutMs: SENDING_MS, deadlineMs: SENDING_MS };
    return await this.#sender.call({ ...times, ...own }, (call) => this.#job(call, ask));
  }

  /** A job as it is now. */
  async find(id: string, options: CallOptions = {}): Promise<JobBody> {
    return await this.#sender.call(options, (call) => this.#find(call, id));
  }

  /**
   * Ends a job; what was answered stays. One that has ended already is left as it is. It is sent again only after 429: the service
   * takes a second one for the wish to forget the job.
   */
  async cancel(id: string, options: CallOptions = {}): Promise<JobBody> {
    return await this.#sender.call(options, async (call) => {
      const job = await this.#find(call, id);
      return isEnd(job.state) ? job : await this.#delete(call, id);
    });
  }

  /** Forgets a job that has ended, with its items and results. One under way is ended first. */
  async forget(id: string, options: CallOptions = {}): Promise<void> {
    await this.#sender.call(options, async (call) => {
      try {
        if (!isEnd((await this.#find(call, id)).state)) await this.#delete(call, id);
        await this.#delete(call, id);
      } catch (error) {
        if (!(error instanceof ServiceError && error.code === 'job.unknown')) throw error;
      }
    });
  }

  /** The results that are there now, in the order in which they came. */
  results(id: string, options: ResultsOptions = {}): AsyncGenerator<ResultBody> {
    return this.#look(id, options, false);
  }

  /**
   * The results that are there, and then those that come, each once, until the job has ended. Where a connection breaks, it
   * continues behind the last result. It has no deadline if that is left out: a job may take days.
   */
  follow(id: string, options: ResultsOptions = {}): AsyncGenerator<ResultBody> {
    return this.#look(id, { ...options, deadlineMs: options.deadlineMs ?? Number.POSITIVE_INFINITY }, true);
  }

  async *#look(
    id: string,
    { after = 0, ...own }: ResultsOptions,
    toEnd: boolean,
  ): AsyncGenerator<ResultBody> {
    const path = `${pathOf(id)}/results`;
    const wait = toEnd ? WAIT_SECONDS : 0;
    const call = this.#sender.open(own);
    let backoff = new Backoff(call.limits);
    let isLast = !toEnd;
    try {
      for (let cursor = after; ; ) {
        const begun = { at: performance.now(), cursor };
        try {
          const page = await this.#page(call, `${path}?after=${cursor}&wait=${wait}`, wait);
          if (isEnd(page.state)) isLast = true;
          for await (const result of page.results(cursor)) {
            cursor = result.cursor;
            yield result;
          }
          if (isLast) return;
          backoff = new Backoff(call.limits);
          // A proxy may keep our header back: what came after the state that is asked for now is read once more.
          if (page.state === null) isLast = isEnd((await this.#find(call, id)).state);
          const soon = LOOK_MS - (performance.now() - begun.at);
          if (cursor === begun.cursor && soon > 0 && !isLast) await call.deadline.wait(soon);
        } catch (error) {
          if (cursor > begun.cursor) backoff = new Backoff(call.limits);
          await pauseOrThrow(call, backoff, error, 'always');
        }
      }
    } finally {
      call.deadline.close();
    }
  }

  /** One look at the results: the job's state from before, null where it is not told, and what comes behind a cursor. */
  async #page(call: Call, to: string, waitSeconds: number) {
    const ask: Ask = { method: 'GET', to, headers: { accept: 'application/x-ndjson' }, repeat: 'always' };
    const { response, deadline, failure } = await this.#sender.begin(call, ask, waitSeconds * 1_000);
    return {
      state: response.headers.get('x-job-state'),
      async *results(after: number): AsyncGenerator<ResultBody> {
        try {
          let cursor = after;
          for await (const line of linesOf(response, MOST_LINE_BYTES, () => deadline.restart())) {
            const result = parseJson(line) as Partial<ResultBody> | undefined;
            if (typeof result?.cursor !== 'number' || !(result.cursor > cursor)) throw unexpected(response);
            cursor = result.cursor;
            yield result as ResultBody;
          }
        } catch (cause) {
          throw failure(cause);
        } finally {
          deadline.close();
        }
      },
    };
  }

  #find(call: Call, id: string): Promise<JobBody> {
    return this.#job(call, { method: 'GET', to: pathOf(id), repeat: 'always' });
  }

  #delete(call: Call, id: string): Promise<JobBody> {
    return this.#job(call, { method: 'DELETE', to: pathOf(id), repeat: 'refused' });
  }

  #job(call: Call, ask: Ask): Promise<CreatedJob> {
    return this.#sender.send(call, ask, (response) => objectOf<CreatedJob>(response, MOST_JOB_BYTES, isJob));
  }
}

function isEnd(state: string | null): boolean {
  return state === 'done' || state === 'cancelled';
}

/** @throws ServiceError `job.unknown` for what is not a job's id, and could be another path */
function pathOf(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return `${JOBS_PATH}/${id}`;
  throw new ServiceError('job.unknown', CLIENT_DETAILS.noJob);
}

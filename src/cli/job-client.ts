/** A service's jobs, from the outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { DetectError } from '../errors.ts';
import type { JobBody } from '../jobs/wire.ts';
import { JOBS_PATH } from '../server/routes/jobs.ts';
import type { Server } from './server.ts';

/** How long one look at the results waits for further ones, in seconds. */
const WAIT_SECONDS = 30;
/** How often in a row a service may fail before it is given up. */
const MOST_FAILURES = 8;
/** The first pause after a failure, in ms; each further one is twice as long. */
const FIRST_PAUSE_MS = 500;

/** A line of the results, as far as a command line looks into it. */
export interface Line {
  readonly cursor: number;
  /** The whole line, without its end. */
  readonly text: string;
}

type Send = NonNullable<Parameters<typeof request>[1]>;
type Answer = Dispatcher.ResponseData<unknown>;

/** The jobs of one service. All methods reject with DetectError `job.failed`. */
export class JobClient {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Sends a list.
   *
   * @param list  lines, as `POST /v1/jobs` takes them
   * @param asked an address that is told of the end, and the generator that the pictures are for
   */
  async create(
    list: NodeJS.ReadableStream,
    { webhook, for: generator }: { readonly webhook?: string; readonly for?: string },
    signal: AbortSignal,
  ): Promise<JobBody> {
    const asked = {
      ...(webhook !== undefined && { webhook }),
      ...(generator !== undefined && { for: generator }),
    };
    const query = `?${new URLSearchParams(asked)}`;
    const { body } = await this.#call(query, {
      method: 'POST',
      body: list as Exclude<Send['body'], undefined>,
      headers: { 'content-type': 'application/x-ndjson' },
      // As long as the list takes.
      headersTimeout: 0,
      signal,
    });
    return (await body.json()) as JobBody;
  }

  /** A job as it is now. */
  async find(id: string, signal: AbortSignal): Promise<JobBody> {
    return await this.#persistently(signal, async () => {
      const { body } = await this.#call(`/${id}`, { signal });
      return (await body.json()) as JobBody;
    });
  }

  /** Results behind the cursor, until the job has ended and all of them were given. */
  async *results(id: string, after: number, signal: AbortSignal): AsyncGenerator<Line> {
    let cursor = after;
    for (let failures = 0; ; ) {
      try {
        const { body, headers } = await this.#call(`/${id}/results?after=${cursor}&wait=${WAIT_SECONDS}`, {
          signal,
        });
        for await (const line of linesOf(body)) {
          cursor = line.cursor;
          yield line;
        }
        failures = 0;
        // The state from before the results were read: once it is an end, nothing came after them.
        if (headers['x-job-state'] === 'done' || headers['x-job-state'] === 'cancelled') return;
      } catch (error) {
        await pauseOrThrow(error, ++failures, signal);
      }
    }
  }

  async #persistently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        await pauseOrThrow(error, failures, signal);
      }
    }
  }

  async #call(path: string, options: Send): Promise<Answer> {
    const { url, key } = this.#server;
    const headers = { ...(options.headers as Record<string, string>), authorization: `Bearer ${key}` };
    let answer: Answer;
    try {
      answer = await request(`${url.replace(/\/$/, '')}${JOBS_PATH}${path}`, { ...options, headers });
    } catch (cause) {
      throw new DetectError('job.failed', `${url} cannot be reached.`, { cause });
    }
    const { statusCode, body } = answer;
    if (statusCode < 300) return answer;
    const { message } = (await body.json().catch(() => ({}))) as { message?: unknown };
    const cause = { status: statusCode };
    throw new DetectError('job.failed', `${url} answered ${statusCode}: ${String(message ?? '')}`, { cause });
  }
}

/** What cannot get better is thrown on, and so is what did not for long. */
async function pauseOrThrow(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
  const cause = error instanceof DetectError ? (error.cause as { status?: number } | undefined) : undefined;
  const status = cause?.status ?? 503;
  if (signal.aborted || failures > MOST_FAILURES || (status < 500 && status !== 429)) throw error;
  await sleep(FIRST_PAUSE_MS * 2 ** (failures - 1), undefined, { signal });
}

/** Whole lines; a last one that was cut off is left out. */
async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { text, cursor: cursorOf(text) };
  }
}

function cursorOf(line: string): number {
  try {
    return (JSON.parse(line) as Line).cursor;
  } catch (cause) {
    throw new DetectError('job.failed', 'The service answered with something else than results.', { cause });
  }
}

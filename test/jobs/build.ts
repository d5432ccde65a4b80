/** A running service with jobs for tests: a real database, real workers, on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDownloader } from '../../src/download/download.ts';
import { openJobs } from '../../src/jobs/open.ts';
import { buildApp } from '../../src/server/app.ts';
import { Examiner } from '../../src/server/examine.ts';
import { createRunner } from '../../src/server/job-runner.ts';
import { Lifecycle } from '../../src/server/lifecycle.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { KeyCache } from '../../src/store/key-cache.ts';
import { DATABASE_FILE } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { LocalRateLimiter } from '../../src/store/rate.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import type { InspectPool } from '../../src/workers/pool.ts';
import { keyMaker, listen } from '../server/listening.ts';

/** What a test leaves behind; whatever it gives is waited for. */
export type Cleanup = () => unknown;

/**
 * Starts the service on a free port.
 *
 * @param cleanup takes what has to be done at the end, last first
 * @param databaseUrl of PostgreSQL; the embedded database when left out
 */
export async function build(cleanup: (task: Cleanup) => void, pool: InspectPool, databaseUrl?: string) {
  const settings = { deadlineMs: 10_000, downloads: 16, queue: 16, cache: 100, corsOrigins: [] };
  const options = { ...settings, workers: 2, downloadAllow: '127.0.0.0/8' };
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-jobs-'));
  cleanup(() => rm(dataDir, { recursive: true, force: true }));
  const store =
    databaseUrl === undefined
      ? await openSqlite({ file: join(dataDir, DATABASE_FILE) })
      : await openPostgres({ url: databaseUrl });
  cleanup(() => store.close());
  const jobs = await openJobs(store, dataDir);
  cleanup(() => jobs.close());
  const downloader = createDownloader({ allow: options.downloadAllow });
  cleanup(() => downloader.close());
  const log = pino({ level: 'silent' });
  const examiner = new Examiner({ ...settings, downloader, pool });
  const runner = createRunner({ options, jobs, examiner, onTrouble: () => undefined });
  cleanup(() => runner.stop());
  const lifecycle = new Lifecycle();
  const app = await buildApp({
    settings,
    keys: new KeyCache(store),
    rates: new LocalRateLimiter(),
    store,
    downloader,
    pool,
    metrics: new Metrics(),
    log,
    lifecycle,
    examiner,
    jobs: { store: jobs, wake: () => runner.wake(), tidy: () => runner.tidy() },
  });
  const url = await listen(app, cleanup);
  const createKey = keyMaker(store);
  return { url, store, jobs, runner, lifecycle, createKey, key: await createKey() };
}

/** Calls a service with a key. */
export function client(url: string, secret: string) {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/v1/jobs${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, ...init.headers },
    });
  const read = async (path: string, init?: RequestInit): Promise<Record<string, unknown>> =>
    (await (await call(path, init)).json()) as Record<string, unknown>;
  return {
    call,
    read,
    /** Sends a list and gives what was answered. */
    create: (body: string, { type = 'text/plain', query = '' } = {}) =>
      read(query, { method: 'POST', body, headers: { 'content-type': type } }),
    /** All lines behind the cursor, waiting for the job's end if told to. */
    results: async (id: unknown, query = ''): Promise<ResultRow[]> => {
      const text = await (await call(`/${id}/results${query}`)).text();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
  };
}

/** A line of the results. */
export interface ResultRow {
  readonly cursor: number;
  readonly item: number;
  readonly id?: string;
  readonly url: string;
  readonly pass?: boolean;
  readonly reason?: string | null;
  readonly error?: { readonly code: string; readonly message: string };
}

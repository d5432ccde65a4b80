/** A running service for tests, with nothing in it that is not real, on loopback. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createDownloader } from '../../src/download/download.ts';
import { type AppSettings, buildApp } from '../../src/server/app.ts';
import { Lifecycle } from '../../src/server/lifecycle.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { KeyCache } from '../../src/store/key-cache.ts';
import { LocalRateLimiter } from '../../src/store/rate.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import { InspectPool, type PoolOptions } from '../../src/workers/pool.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';
import { keyMaker, listen } from './listening.ts';
import { PORTRAIT } from './pictures.ts';

type Cleanup = () => void | Promise<void>;

/** How a test wants its service. */
export interface BuildOptions {
  readonly settings?: Partial<AppSettings>;
  /** Workers that are there already; otherwise the service starts its own. */
  readonly pool?: InspectPool;
}

/** Starts a pool of real workers. */
export async function startPool(
  cleanup: (task: Cleanup) => void,
  options: Partial<PoolOptions> = {},
): Promise<InspectPool> {
  const limits = { limitMs: 10_000, cpuMs: 10_000 };
  const pool = new InspectPool({
    workers: 1,
    policy: {},
    probe: PORTRAIT,
    execArgv: EXEC_ARGV,
    ...limits,
    ...options,
  });
  cleanup(() => pool.close());
  await pool.ready();
  return pool;
}

/**
 * Starts the service on a free port.
 *
 * @param cleanup takes what has to be done at the end, last first
 */
export async function build(cleanup: (task: Cleanup) => void, options: BuildOptions = {}) {
  const settings = {
    deadlineMs: 10_000,
    downloads: 8,
    queue: 8,
    cache: 0,
    corsOrigins: [],
    ...options.settings,
  };
  const store = await openSqlite({ file: ':memory:' });
  cleanup(() => store.close());
  const pool = options.pool ?? (await startPool(cleanup));
  const downloader = createDownloader({ allow: '127.0.0.0/8' });
  cleanup(() => downloader.close());
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => lines.push(line) });
  const metrics = new Metrics();
  const lifecycle = new Lifecycle();
  const app = await buildApp({
    settings,
    keys: new KeyCache(store),
    rates: new LocalRateLimiter(),
    store,
    downloader,
    pool,
    metrics,
    log,
    lifecycle,
    readerExecArgv: EXEC_ARGV,
  });
  const url = await listen(app, cleanup);
  const createKey = keyMaker(store);
  const key = await createKey();
  const { port } = app.server.address() as AddressInfo;
  return { app, url, port, pool, store, metrics, lifecycle, key, createKey, lines };
}

/** Serves pictures, or whatever else, over plain HTTP; gives the base address. */
export async function serve(
  cleanup: (task: Cleanup) => void,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

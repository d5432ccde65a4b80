import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { PolicyOverrides } from '../checks/policy.ts';
import { createDownloader } from '../download/download.ts';
import { openJobs } from '../jobs/open.ts';
import { ensureFirstKey, type FirstKey } from '../store/first-key.ts';
import { openServingStore } from '../store/open.ts';
import { DetectError } from '../wire/errors.ts';
import { buildApp } from './app.ts';
import { Examiner } from './examine.ts';
import { createRunner } from './job-runner.ts';
import { Lifecycle } from './lifecycle.ts';
import { Metrics } from './metrics.ts';
import { createMetricsServer } from './metrics-server.ts';
import type { Options } from './options.ts';
import { HANG_GRACE_MS, InspectPool } from './pool.ts';

/** The drawn portrait that every worker has to find a face in before the service is ready. */
export const PROBE = new URL('../../examples/pass.jpg', import.meta.url);
/** How long connections that have their answers may take to close, in milliseconds. */
const CLOSING_MS = 1_000;

/** What a service is started from. */
export interface ServiceInput {
  readonly options: Options;
  /** What the file of `options.policy` holds. */
  readonly policy: PolicyOverrides;
  readonly log: Logger;
}

/** A service that listens. */
export interface Service {
  /** Where it listens, with the real port. */
  readonly url: string;
  /** Where its metrics are; undefined without. */
  readonly metricsUrl: string | undefined;
  readonly firstKey: FirstKey;
  /** Resolves when no worker is left and none can be started: only a new process helps. */
  readonly extinct: Promise<void>;
  /** Answers what was accepted, refuses the rest, and ends. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

/**
 * Starts the whole service: store, workers, download, HTTP, metrics. What was started is stopped again if a later
 * part cannot start.
 *
 * @throws DetectError `option.invalid`, `store.*`, `key.input`, or whatever keeps a worker from starting
 */
export async function startService({ options, policy, log }: ServiceInput): Promise<Service> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const { store, keys, rates, state } = await openServingStore({
      dataDir: options.dataDir,
      databaseUrl: options.databaseUrl,
      graceMs: options.storeGraceMs,
      onTrouble: (text, error) => log.warn({ err: messageOf(error) }, text),
    });
    closers.push(() => store.close());

    const metrics = new Metrics();
    const { promise: extinct, resolve: giveUp } = withResolvers();
    const pool = await InspectPool.start(
      {
        workers: options.workers,
        policy,
        limitMs: options.deadlineMs + HANG_GRACE_MS,
        onWorkerLost: (workers) => {
          metrics.workerLost();
          log.error({ workers }, 'a worker went down');
          if (workers.alive === 0) giveUp();
        },
      },
      await readFile(PROBE),
    );
    closers.push(() => pool.close());

    const servers: Server[] = [];
    const self = { ports: () => servers.map(portOf) };
    const downloader = createDownloader({ allow: options.downloadAllow, self });
    closers.push(() => downloader.close());

    const jobs = await openJobs(store, options.dataDir);
    closers.push(() => jobs.close());
    metrics.watchJobs(() => jobs.depth());
    const examiner = new Examiner({ ...options, downloader, pool });
    const runner = createRunner({ options, jobs, examiner, log, self });
    closers.push(() => runner.stop());

    const lifecycle = new Lifecycle();
    const app = await buildApp({
      settings: options,
      keys,
      rates,
      store,
      storeState: state,
      downloader,
      pool,
      metrics,
      log,
      lifecycle,
      examiner,
      jobs: { store: jobs, wake: () => runner.wake() },
    });
    closers.push(async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), CLOSING_MS);
      await app.close();
      clearTimeout(cut);
    });
    await listen(app.server, options.host, options.port);
    servers.push(app.server);

    let metricsUrl: string | undefined;
    if (options.metricsPort !== undefined) {
      const server = createMetricsServer(metrics);
      closers.push(async () => {
        server.close();
        server.closeAllConnections();
      });
      await listen(server, options.metricsHost, options.metricsPort);
      servers.push(server);
      metricsUrl = `${urlOf(server, options.metricsHost)}/metrics`;
    }
    // Last, so that a start that fails does not make a key that nobody gets to see.
    const firstKey = await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: options.bootstrapKey });

    runner.start();

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      const [lost] = await Promise.all([lifecycle.drain(options.drainMs), runner.stop()]);
      if (lost > 0) log.warn({ requests: lost }, 'requests were cut off at the end of the drain');
      await close();
    };
    return {
      url: urlOf(app.server, options.host),
      metricsUrl,
      firstKey,
      extinct,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new DetectError('option.invalid', `Cannot listen on ${host}, port ${port}: ${problem}`, { cause });
  }
}

/** What went wrong, with its cause: the catalogue's sentences do not say what the database said. */
function messageOf(error: unknown): string {
  const cause = error instanceof DetectError ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** An address that a person on this machine can open. */
function urlOf(server: Server, host: string): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${portOf(server)}`;
}

import type { Logger } from 'pino';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import { loadClient } from '../download/exchange.ts';
import type { Engines } from '../node/engine.ts';
import { ensureFirstKey, type FirstKey } from '../store/first-key.ts';
import type { WorkerAhead } from '../workers/spawn-worker.ts';
import { startWith } from './closers.ts';
import { Lifecycle } from './lifecycle.ts';
import { Listeners } from './listeners.ts';
import { openUploads } from './open-uploads.ts';
import { openUpstream } from './open-upstream.ts';
import { listenForOperators } from './operator-server.ts';
import type { Options } from './options.ts';
import { openParts } from './parts.ts';

/**
 * Workers beside those that were asked for. One key's pictures can hold those, for as long as a picture may take; this one is for
 * everybody else, and there at once when another is lost.
 */
const SPARE_WORKERS = 1;
/** How long connections that have their answers may take to close, in milliseconds. */
const CLOSING_MS = 1_000;

/** What a service is started from. */
export interface ServiceInput {
  readonly options: Options;
  /** What the file of `options.policy` holds. */
  readonly policy: PolicyOverrides;
  readonly log: Logger;
  /** A worker's process that was started ahead. */
  readonly ahead?: WorkerAhead | undefined;
}

/** A service that listens. */
export interface Service {
  /** Where it listens, with the real port. */
  readonly url: string;
  /** Where its metrics are; undefined without. */
  readonly metricsUrl: string | undefined;
  readonly firstKey: FirstKey;
  /** What runs networks and decoding in its workers. */
  readonly engines: Engines | undefined;
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
export function startService(input: ServiceInput): Promise<Service> {
  const { options, log } = input;
  return startWith(async (closers) => {
    const listeners = new Listeners();
    const parts = await openParts(input, listeners.self, closers, SPARE_WORKERS);
    const { store, pool, runner, metrics, proved, startOthers, extinct } = parts;
    // Loaded now, while the first worker loads what it needs.
    const { buildApp } = await import('./app.ts');

    const uploads = await openUploads(options, log);
    if (uploads) closers.add(() => uploads.close());

    const upstream = await openUpstream(options, listeners.self);
    if (upstream) closers.add(() => upstream.relay.close());

    const lifecycle = new Lifecycle();
    const app = await buildApp({
      ...parts,
      settings: options,
      policy: input.policy,
      storeState: parts.state,
      log,
      lifecycle,
      uploads,
      upstream,
      jobs: { store: parts.jobs, wake: () => runner.wake(), tidy: () => runner.tidy() },
    });
    closers.add(async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), CLOSING_MS);
      await app.close();
      clearTimeout(cut);
    });
    await proved;
    const url = await listeners.listen(app.server, options.host, options.port);

    const metricsUrl = await listenForOperators(
      { pool, lifecycle, metrics, storeState: parts.state },
      { options, listeners, closers },
    );
    // Last, so that a start that fails does not make a key that nobody gets to see.
    const firstKey = await ensureFirstKey(store, { LPD_BOOTSTRAP_KEY: options.bootstrapKey });

    runner.start();
    // The rest, now that the service is ready: what the first download and the second picture would have to wait for.
    startOthers();
    void loadClient();

    let stopping: Promise<void> | undefined;
    const stop = async () => {
      const [lost] = await Promise.all([lifecycle.drain(options.drainMs), runner.stop()]);
      if (lost > 0) log.warn({ requests: lost }, 'requests were cut off at the end of the drain');
      await closers.close();
    };
    return {
      url,
      metricsUrl,
      firstKey,
      engines: pool.engines,
      extinct,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  });
}

import { startWith } from './closers.ts';
import { Lifecycle } from './lifecycle.ts';
import { Listeners } from './listeners.ts';
import { listenForOperators } from './operator-server.ts';
import { openParts } from './parts.ts';
import type { Service, ServiceInput } from './serve.ts';

/** A process that works on jobs. */
export type Worker = Pick<Service, 'metricsUrl' | 'engines' | 'extinct' | 'stop'>;

/**
 * Starts working on the jobs of a store. Nothing listens but the port for operators, and that only if there is one.
 * What was started is stopped again if a later part cannot start.
 *
 * @throws DetectError `option.invalid`, `store.*`, or whatever keeps a worker from starting
 */
export function startWorker(input: ServiceInput): Promise<Worker> {
  return startWith(async (closers) => {
    const listeners = new Listeners();
    // Jobs are all that there is here, and share their workers in turns: nobody would get a spare one.
    const parts = await openParts(input, listeners.self, closers, 0);
    const { pool, examiner, runner, metrics, proved, startOthers, extinct } = parts;
    metrics.watch({ pool, ...examiner });
    const lifecycle = new Lifecycle();
    const metricsUrl = await listenForOperators(
      { pool, lifecycle, metrics, storeState: parts.state },
      { options: input.options, listeners, closers },
    );
    await proved;
    runner.start();
    startOthers();
    return {
      metricsUrl,
      engines: pool.engines,
      extinct,
      stop: async () => {
        // It says that it goes for as long as it puts back what is under way.
        await Promise.all([lifecycle.drain(0), runner.stop()]);
        await closers.close();
      },
    };
  });
}

import { startWith } from './closers.ts';
import { openParts } from './parts.ts';
import type { Service, ServiceInput } from './serve.ts';

/** A process that works on jobs. */
export type Worker = Pick<Service, 'extinct' | 'stop'>;

/** It listens nowhere, so no download can reach it. */
const NOWHERE = { ports: () => [] };

/**
 * Starts working on the jobs of a store, with nothing that listens. What was started is stopped again if a later part
 * cannot start.
 *
 * @throws DetectError `option.invalid`, `store.*`, or whatever keeps a worker from starting
 */
export function startWorker(input: ServiceInput): Promise<Worker> {
  return startWith(async (closers) => {
    const { runner, extinct } = await openParts(input, NOWHERE, closers);
    runner.start();
    return { extinct, stop: () => closers.close() };
  });
}

import { afterEach, beforeAll, expect } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { type Bench, startBench } from './setup.ts';

/** Longest start of a service and a browser, in ms, and of what a camera shows; on a busy machine. */
const START_MS = 120_000;

/**
 * A bench for the tests of a `describe`: it starts before them and ends after them. Each test has pages of its own, and fails if a
 * page complains.
 *
 * @param start how it starts, where it is not the usual one
 */
export function useBench(start: typeof startBench = startBench): Bench {
  const cleanup = cleanupAfterAll();
  let bench: Bench;
  beforeAll(async () => {
    bench = await start(cleanup);
  }, START_MS);
  afterEach(async () => expect(await bench.close()).toEqual([]));
  return {
    get service() {
      return bench.service;
    },
    open: (options) => bench.open(options),
    close: () => bench.close(),
  };
}

/**
 * Loaded into the program by the tests: the longest time for which its event loop stood still, in ms. What the kernel
 * gave to other programs meanwhile is taken off, where it tells (Linux): tests run on busy machines. On SIGUSR2 it is
 * written to stderr, and forgotten.
 */
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const TICK_MS = 5;

/** How long the main thread has waited for a processor so far, in ms. */
function waited() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

if (isMainThread) {
  let longest = 0;
  let last = { at: performance.now(), waited: waited() };
  setInterval(() => {
    const now = { at: performance.now(), waited: waited() };
    longest = Math.max(longest, now.at - last.at - (now.waited - last.waited) - TICK_MS);
    last = now;
  }, TICK_MS).unref();
  process.on('SIGUSR2', () => {
    process.stderr.write(`standstill=${longest.toFixed(2)}\n`);
    longest = 0;
  });
}

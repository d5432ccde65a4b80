import { setPriority } from 'node:os';

/**
 * Sets the `nice` value of a process that was started a moment ago: whoever waits for a
 * cheap picture must not share a core with an expensive one. It stays as it is where the system does not allow that, or where
 * the process did not start.
 */
export function lowerPriority(pid: number | undefined, nice: number): void {
  try {
    if (pid !== undefined) setPriority(pid, nice);
  } catch {}
}

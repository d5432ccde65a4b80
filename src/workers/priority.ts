import { setPriority } from 'node:os';

/**
 * Sets the `nice` value of a process that was started a moment ago: among the processes of the service, who waits for a
 * cheap picture is not to share a core with a dear one. It stays as it is where the system does not allow that, or where the
 * process has not come about.
 */
export function lowerPriority(pid: number | undefined, nice: number): void {
  try {
    if (pid !== undefined) setPriority(pid, nice);
  } catch {}
}

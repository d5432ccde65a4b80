import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that keeps new workers of `mortal-worker.ts` from starting, as long as it is there. @param pid who starts them */
export function noMoreWorkers(pid: number): string {
  return join(tmpdir(), `lpd-no-more-workers-${pid}`);
}

/** The real worker, but one that a picture can kill: what comes after the picture's end says how. */
import inspectWorker from '../../src/server/inspect-worker.ts';
import type { WorkerReply, WorkerTask } from '../../src/server/worker-protocol.ts';

if (process.env.LPD_TEST_NO_MORE_WORKERS) throw new Error('no more workers');

const ENDS: Record<string, () => unknown> = {
  'EXIT!': () => process.exit(7),
  'HEAP!': () => {
    const hoard: unknown[] = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
  'LOOP!': () => {
    for (;;);
  },
  THROW: () => {
    throw new Error('thrown in the worker');
  },
};

export default inspectWorker.then((inspect) => async (task: WorkerTask): Promise<WorkerReply> => {
  const end = Buffer.from(task.bytes.slice(-5)).toString('latin1');
  await ENDS[end]?.();
  return inspect(task);
});

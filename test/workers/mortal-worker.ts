/** The real worker, but one that a picture can kill: what comes after the picture's end says how. */
import { existsSync } from 'node:fs';
import { loadParts } from '../../src/node/inspector.ts';
import { createHandler } from '../../src/workers/handler.ts';
import { type Handler, serveTasks } from '../../src/workers/serve-tasks.ts';
import { noMoreWorkers } from './no-more-workers.ts';

if (existsSync(noMoreWorkers(process.ppid))) throw new Error('no more workers');

const ENDS: Record<string, () => unknown> = {
  'EXIT!': () => process.exit(7),
  'HEAP!': () => {
    const hoard: unknown[] = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
  'LOOP!': () => {
    for (;;);
  },
  'WAIT!': () => new Promise(() => undefined),
  THROW: () => {
    throw new Error('thrown in the worker');
  },
};

serveTasks(async (settings) => {
  const { handle: inspect, engines } = await createHandler(loadParts(), settings);
  const handle: Handler = async (task, bytes, isCancelled) => {
    const end = Buffer.from(bytes.slice(-5)).toString('latin1');
    await ENDS[end]?.();
    return inspect(task, bytes, isCancelled);
  };
  return { handle, engines };
});

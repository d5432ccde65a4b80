/** What runs on each thread of the pool: one Inspector with its own models, one picture at a time. */
import { workerData } from 'piscina';
import { annotate } from '../annotate/annotate.ts';
import { createInspector, type Inspector } from '../inspect.ts';
import { DetectError } from '../wire/errors.ts';
import { CANCELLED, type WorkerReply, type WorkerSettings, type WorkerTask } from './worker-protocol.ts';

type Handler = (task: WorkerTask) => Promise<WorkerReply>;

/** Inspects one picture; errors of the catalogue come back as data, all others reject. */
function handle(inspector: Inspector): Handler {
  return async ({ bytes, policy, annotated: format, isBrief, cancelled }) => {
    const controller = new AbortController();
    const onStage = () => {
      if (Atomics.load(cancelled, 0) === CANCELLED) controller.abort();
    };
    try {
      const inspection = await inspector.inspect(bytes, { policy, signal: controller.signal, onStage });
      if (isBrief) return { judgement: { pass: inspection.pass, reason: inspection.reason } };
      if (format === undefined) return { result: { inspection } };
      return { result: { inspection, annotated: await annotate(bytes, inspection, format) } };
    } catch (error) {
      if (!(error instanceof DetectError)) throw error;
      const { code, message, cause } = error;
      return { failure: { code, message, ...(cause instanceof Error && { cause: cause.message }) } };
    }
  };
}

async function start(): Promise<Handler> {
  const { policy }: WorkerSettings = workerData;
  return handle(await createInspector({ policy }));
}

// The pool waits for the promise, and so for the models, before it hands out a picture.
export default start();

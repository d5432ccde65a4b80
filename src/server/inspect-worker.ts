/** What runs on each thread of the pool: one Inspector with its own models, one picture at a time. */
import { workerData } from 'piscina';
import { createInspector } from '../inspect.ts';
import { DetectError } from '../wire/errors.ts';
import type { WorkerReply, WorkerSettings, WorkerTask } from './worker-protocol.ts';

const { policy }: WorkerSettings = workerData;
const inspector = await createInspector({ policy });

/** Inspects one picture; errors of the catalogue come back as data, all others reject. */
export default async function inspectTask(task: WorkerTask): Promise<WorkerReply> {
  const controller = new AbortController();
  task.cancel.once('message', () => controller.abort(new DetectError('inspect.aborted')));
  try {
    const inspection = await inspector.inspect(task.bytes, {
      policy: task.policy,
      signal: controller.signal,
    });
    return { result: { inspection } };
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    const { code, message, cause } = error;
    return { failure: { code, message, ...(cause instanceof Error && { cause: cause.message }) } };
  } finally {
    task.cancel.close();
  }
}

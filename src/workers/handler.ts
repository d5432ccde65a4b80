import { annotate } from '../annotate/annotate.ts';
import { DetectError } from '../errors.ts';
import { createInspectorOf, type Parts } from '../node/inspector.ts';
import type { WorkerSettings } from './protocol.ts';
import { asFailure, type Handler, type Prepared } from './serve-tasks.ts';

/**
 * Gives what inspects one picture. Errors of the catalogue come back as data, all others reject.
 *
 * @param parts the models, which may still be loading
 */
export async function createHandler(parts: Promise<Parts>, { policy }: WorkerSettings): Promise<Prepared> {
  const inspector = await createInspectorOf(() => parts, { policy });
  const { engines } = inspector;
  const handle: Handler = async ({ policy, limits, annotated: format, isBrief }, bytes, isCancelled) => {
    const controller = new AbortController();
    const onStage = () => {
      if (isCancelled()) controller.abort();
    };
    try {
      const { signal } = controller;
      const options = { policy, ...(limits && { limits }), signal, onStage };
      const inspection = await inspector.inspect(bytes, options);
      if (isBrief) return { judgement: { pass: inspection.pass, reason: inspection.reason } };
      if (format === undefined) return { result: { inspection } };
      return {
        result: { inspection, annotated: await annotate(bytes, inspection, format, engines.decoding) },
      };
    } catch (error) {
      if (!(error instanceof DetectError)) throw error;
      return { failure: asFailure(error) };
    }
  };
  return { handle, engines };
}

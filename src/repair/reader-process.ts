/** The program that has one file open: it answers one task after another and ends with the one who started it. */
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { OpenedPicture } from './opened-picture.ts';
import type { ReaderReply, ReaderTask } from './reader-protocol.ts';

let opened: OpenedPicture | undefined;

async function run(task: ReaderTask): Promise<ReaderReply> {
  if ('open' in task) {
    opened = await OpenedPicture.open(task.open, task.turns, task.engine);
    return { result: opened.info };
  }
  if (opened === undefined) throw new DetectError('internal', SERVICE_DETAILS.noPictureOpen);
  if ('view' in task) return { result: await opened.view(task.view, task.maxEdge) };
  return { result: await opened.render(task.render) };
}

process.on('message', async (task: ReaderTask) => {
  const reply = await run(task).catch((error: unknown): ReaderReply => {
    if (error instanceof DetectError) return { failure: { code: error.code, message: error.message } };
    return { failure: { code: 'internal', message: String(error) } };
  });
  process.send?.(reply);
});
// At once: a proper end would wait for the threads that decode.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A terminal sends it to all processes of a group: whoever started this one decides.
process.on('SIGINT', () => undefined);
process.send?.({ result: null } satisfies ReaderReply);

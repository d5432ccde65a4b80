/** The list of a job, as it is sent: one line of JSON per item. */
import { CLIENT_DETAILS } from '../errors.ts';
import { ServiceError } from './error.ts';

/** An address, or one with the sender's own name for it. */
export type JobItem = string | { readonly url: string; readonly id?: string | undefined };
/**
 * Addresses: as items; as a text or a file with a line each; or as either of them while they come, which can be sent only once.
 * To send what comes, browsers need HTTP/2.
 */
export type JobList = Iterable<JobItem> | string | Blob | AsyncIterable<JobItem | Uint8Array>;

/** Lines that are joined at a time. */
const LINES_A_PIECE = 10_000;

/** What is sent, and whether it is there for one try only. */
interface ListBody {
  readonly body: string | Blob | ReadableStream;
  readonly isOnce: boolean;
}

/** @throws ServiceError `job.line` for an item that is neither an address nor an object with one */
export function listBody(list: JobList): ListBody {
  if (typeof list === 'string' || list instanceof Blob) return { body: list, isOnce: false };
  if (Symbol.asyncIterator in list) return { body: streamOf(list[Symbol.asyncIterator]()), isOnce: true };
  const pieces: Blob[] = [];
  let lines: string[] = [];
  for (const item of list) {
    lines.push(lineOf(item));
    if (lines.length < LINES_A_PIECE) continue;
    pieces.push(new Blob(lines));
    lines = [];
  }
  return { body: new Blob([...pieces, ...lines]), isOnce: false };
}

function streamOf(source: AsyncIterator<JobItem | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value instanceof Uint8Array ? value : encoder.encode(lineOf(value)));
    },
    async cancel() {
      await source.return?.();
    },
  });
}

/** As JSON whatever it is, so that nothing in an address is taken for the end of its line. */
function lineOf(item: JobItem): string {
  const { url, id } = typeof item === 'string' ? { url: item, id: undefined } : item;
  if (typeof url === 'string') return `${JSON.stringify({ url, ...(id !== undefined && { id }) })}\n`;
  throw new ServiceError('job.line', CLIENT_DETAILS.item);
}

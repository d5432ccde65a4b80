/** Answers, read no further than to their limits. */
import { CLIENT_DETAILS, fill } from '../errors.ts';
import { ServiceError } from './error.ts';

/** Pieces of a body as they come. @param most so many bytes in all */
async function* piecesOf({ body }: Response, most: number): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
      if (size > most) throw tooLong(most);
      yield value;
    }
  } finally {
    // Of one that was read to its end there is nothing to cancel.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * The whole body, as text.
 *
 * @param most the largest one in bytes
 * @throws ServiceError `service.answer`
 */
export async function textOf(response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  const texts: string[] = [];
  for await (const piece of piecesOf(response, most)) texts.push(decoder.decode(piece, { stream: true }));
  return texts.join('') + decoder.decode();
}

/** JSON's value; undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A body of JSON with one object.
 *
 * @param fits tells whether it has the members that will be read
 * @throws ServiceError `service.answer`
 */
export async function objectOf<T extends object>(
  response: Response,
  most: number,
  fits: (value: T) => boolean,
): Promise<T> {
  const value = parseJson(await textOf(response, most));
  if (typeof value === 'object' && value !== null && fits(value as T)) return value as T;
  throw unexpected(response);
}

/**
 * Whole lines of a body, as they come; a last one that was cut off is left out.
 *
 * @param most   the longest one in characters
 * @param onRead is told of each piece
 * @throws ServiceError `service.answer`
 */
export async function* linesOf(response: Response, most: number, onRead: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Pieces of a line whose end has not come: looked through once, however small they are.
  let begun: string[] = [];
  let length = 0;
  for await (const piece of piecesOf(response, Number.POSITIVE_INFINITY)) {
    onRead();
    const [first = '', ...others] = decoder.decode(piece, { stream: true }).split('\n');
    begun.push(first);
    length += first.length;
    for (const next of others) {
      yield begun.join('');
      begun = [next];
      length = next.length;
    }
    if (length > most) throw tooLong(most);
  }
}

/** What answers is not the service, or not one of this kind. */
export function unexpected({ status, headers }: Response): ServiceError {
  const requestId = headers.get('x-request-id') ?? undefined;
  return new ServiceError('service.answer', CLIENT_DETAILS.foreign, {
    status,
    requestId,
  });
}

function tooLong(most: number): ServiceError {
  return new ServiceError('service.answer', fill(CLIENT_DETAILS.longAnswer, { most }));
}

/** The jobs of a service that a command names. */
import { Agent, fetch as fetchLong } from 'undici';
import { createClient, type Jobs } from '../client/index.ts';
import type { Server } from './server.ts';

/** Further tries in a row before a service is given up: about a minute and a half, in which one can be restarted. */
const RETRIES = 16;

/**
 * Its jobs.
 *
 * @throws DetectError `option.invalid`, `key.invalid`
 */
export function jobsOf({ url, key }: Server): Jobs {
  // Node's own fetch gives up after five minutes without an answer, and a list may take ten to be sent.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const send = (address: string, init: object) => fetchLong(address, { ...init, dispatcher });
  return createClient({
    baseUrl: url,
    apiKey: key,
    retries: RETRIES,
    busyRetries: RETRIES,
    fetch: send as unknown as typeof fetch,
  }).jobs;
}

/** A list as it is read, in bytes. */
export async function* bytesOf(list: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of list) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

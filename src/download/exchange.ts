import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { oneConnection } from './one-connection.ts';

/** Most bytes of response headers; undici ends the connection beyond. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** Interim answers (100 Continue, 103 Early Hints) that are passed over; a server could send them for ever. */
export const MAX_INTERIM_ANSWERS = 8;

/** An answer whose body has not been read yet. */
export interface Answer {
  readonly status: number;
  /** A header's value by its lower-case name, repeated ones joined with commas; null without it. */
  header(name: string): string | null;
  readonly body: Dispatcher.ResponseData['body'];
  /** Ends the connection, whatever is still to come. */
  destroy(): Promise<void>;
}

/**
 * Sends one GET over an open connection and waits for the headers of its answer. Nothing is followed, inflated,
 * stored or retried, and nothing of the caller's own request is sent.
 *
 * @throws undici's errors, or the signal's reason
 */
export async function get(url: URL, socket: Socket, userAgent: string, signal: AbortSignal): Promise<Answer> {
  const client = new Client(url.origin, {
    connect: oneConnection(socket),
    maxHeaderSize: MAX_HEADER_BYTES,
    // The deadline and the least speed watch over both, at a finer grain than undici's timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  let interim = 0;
  const countInterim = (): void => {
    interim += 1;
    if (interim > MAX_INTERIM_ANSWERS) socket.destroy(new Error('too many interim answers'));
  };
  const destroy = (): Promise<void> => {
    // The client knows of the socket only from its first step on.
    socket.destroy();
    return client.destroy();
  };
  try {
    const { statusCode, headers, body } = await client.request({
      method: 'GET',
      path: url.pathname + url.search,
      headers: {
        accept: 'image/jpeg, image/png, image/webp, image/bmp, */*;q=0.1',
        'accept-encoding': 'identity',
        'user-agent': userAgent,
      },
      reset: true,
      onInfo: countInterim,
      signal,
    });
    return {
      status: statusCode,
      header: (name) => headers[name]?.toString() ?? null,
      body,
      destroy,
    };
  } catch (error) {
    await destroy();
    throw error;
  }
}

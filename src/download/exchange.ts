import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';
import { oneConnection } from './one-connection.ts';

/** Most bytes of response headers, as stores behind several proxies send them; undici ends the connection beyond. */
export const MAX_HEADER_BYTES = 64 * 1024;

/** Interim answers (100 Continue, 103 Early Hints) that are passed over; a server could send them for ever. */
export const MAX_INTERIM_ANSWERS = 8;

/**
 * Bytes of an answer beside its body, as they are framed and encrypted. undici tells of neither: chunk extensions, for
 * one, can go on for ever without a byte of the body.
 */
const MAX_FRAMING_BYTES = 1024 * 1024;
/** How often the bytes of the connection are counted, in ms. */
const COUNT_MS = 50;

/** Why a connection is ended that has served its purpose. One for all: to make one each time is to take a stack. */
const OVER = new Error('the answer is in');

/** The beginning of an answer. */
export interface Head {
  readonly status: number;
  /** A header's value by its lower-case name, repeated ones joined with commas; null without it. */
  header(name: string): string | null;
}

/** Takes an answer in while it arrives. What either of the two throws ends the connection. */
export interface Receiver {
  /** Sees the answer's beginning. Returns whether its body is wanted. */
  head(head: Head): boolean;
  /** Gets the next bytes of the body; they are not to be kept. */
  chunk(bytes: Uint8Array): void;
}

/** Loads what sends requests. It takes a tenth of a service's start, and is not needed before the first download. */
export const loadClient = () => import('undici');

/**
 * Sends one GET over an open connection and hands on its answer. Nothing is followed, inflated, stored or retried, and
 * nothing of the caller's own request is sent. The connection is ended in any case, whatever is still to come.
 *
 * @param mostBytes of the body; the connection may bring {@link MAX_FRAMING_BYTES} more
 * @returns when the receiver has got the whole answer, or as much of it as it wants
 * @throws undici's errors, what the receiver throws, or the signal's reason
 */
export async function get(
  url: URL,
  socket: Socket,
  userAgent: string,
  mostBytes: number,
  signal: AbortSignal,
  receiver: Receiver,
): Promise<void> {
  let counter: NodeJS.Timeout | undefined;
  const { Client } = await loadClient();
  const client = new Client(url.origin, {
    connect: oneConnection(socket),
    maxHeaderSize: MAX_HEADER_BYTES,
    // The deadline and the least speed watch over both, at a finer grain than undici's timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) return reject(signal.reason);
      counter = setInterval(() => {
        if (socket.bytesRead > mostBytes + MAX_FRAMING_BYTES) reject(endless());
      }, COUNT_MS);
      // `request` would put a stream and its iterator between the socket and the receiver, which cost as much again.
      client.dispatch(
        {
          method: 'GET',
          path: url.pathname + url.search,
          headers: {
            accept: 'image/jpeg, image/png, image/webp, image/bmp, */*;q=0.1',
            'accept-encoding': 'identity',
            'user-agent': userAgent,
          },
          reset: true,
        },
        handOn(socket, receiver, resolve, reject),
      );
    });
  } finally {
    clearInterval(counter);
    // The client knows of the socket only from its first step on.
    socket.destroy();
    await client.destroy(OVER);
  }
}

function endless(): DetectError {
  const detail = fill(DOWNLOAD_DETAILS.framing, { most: MAX_FRAMING_BYTES });
  return new DetectError('download.too_large', detail);
}

/** Once the answer is settled, whatever undici still has of it is dropped. */
function handOn(
  socket: Socket,
  receiver: Receiver,
  resolve: () => void,
  reject: (error: unknown) => void,
): Dispatcher.DispatchHandler {
  let interim = 0;
  let settled = false;
  const settle = (): void => {
    settled = true;
    // Now, before undici does so with an error of its own, whose stack would be written out.
    socket.destroy();
  };
  const attempt = (step: () => boolean): void => {
    if (settled) return;
    try {
      if (step()) return;
      settle();
      resolve();
    } catch (error) {
      settle();
      reject(error);
    }
  };
  return {
    // By this one undici tells its present kind of handler from the former.
    onRequestStart() {},
    onResponseStart(_controller, status, headers) {
      attempt(() => {
        if (status >= 200)
          return receiver.head({ status, header: (name) => headers[name]?.toString() ?? null });
        interim += 1;
        if (interim > MAX_INTERIM_ANSWERS) throw new Error('too many interim answers');
        return true;
      });
    },
    onResponseData(_controller, bytes) {
      attempt(() => {
        receiver.chunk(bytes);
        return true;
      });
    },
    onResponseEnd() {
      attempt(() => false);
    },
    onResponseError(_controller, error) {
      attempt(() => {
        throw error;
      });
    },
  };
}

/** One request to the upstream, and its answer, as they come. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import type { Pool } from 'undici';
import { DetectError } from '../errors.ts';
import { NoConnection, type Place, upstreamConnector } from './connector.ts';
import { responseHeaders } from './headers.ts';

/** Most bytes of an answer's headers; undici ends the connection beyond. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Interim answers (103 Early Hints) that are passed over; a server could send them for ever. */
const MAX_INTERIM_ANSWERS = 8;
/** What is held of a body in each direction, in bytes, while the other side takes no more. */
const HELD_BYTES = 64 * 1024;

/** How the upstream is called. */
export interface RelayOptions extends Place {
  /** Connections at a time, each with one request. */
  readonly connections: number;
  /** How long the upstream may be silent, before its answer and within it, in ms. There is no limit for a whole answer. */
  readonly waitMs: number;
}

/** What is passed on. */
export interface Outgoing {
  readonly method: string;
  /** The request's target in origin form, as it was written. */
  readonly target: string;
  /** Names and values in turns. */
  readonly headers: string[];
  /** The body's length in bytes where it is known. */
  readonly length: number | undefined;
  readonly body: Readable | Uint8Array | null;
  /** Aborted when nobody waits any more; its reason is thrown. */
  readonly signal: AbortSignal;
}

/** The beginning of an answer; the rest comes as it is read. */
export interface Incoming {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turns, each character a byte. */
  readonly headers: string[];
  readonly body: Readable;
}

/** Calls the one upstream. Nothing is followed, inflated, stored, retried or added. */
export class Relay {
  readonly #pool: Pool;
  readonly #prefix: string;

  private constructor(pool: Pool, url: URL) {
    this.#pool = pool;
    this.#prefix = url.pathname.replace(/\/+$/, '');
  }

  /**
   * Prepares for the upstream. Nothing is looked up or connected to before there is a call.
   *
   * @throws {DetectError} `option.invalid`
   */
  static async open(options: RelayOptions): Promise<Relay> {
    const { url, connections, waitMs } = options;
    const { Pool } = await import('undici');
    const pool = new Pool(url.origin, {
      connect: upstreamConnector(options),
      connections,
      pipelining: 1,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: waitMs,
      bodyTimeout: waitMs,
    });
    return new Relay(pool, url);
  }

  /**
   * Sends a request, and waits for the beginning of its answer.
   *
   * @throws {DetectError} `upstream.*`, `request.malformed`, or the signal's reason
   */
  async ask({ method, target, headers, length, body, signal }: Outgoing): Promise<Incoming> {
    const stop = new AbortController();
    let interim = 0;
    try {
      const { statusCode, statusText, ...answer } = await this.#pool.request({
        method: method as 'GET',
        path: this.#prefix + target,
        headers: length === undefined ? headers : [...headers, 'content-length', String(length)],
        body,
        signal: AbortSignal.any([signal, stop.signal]),
        responseHeaders: 'raw',
        highWaterMark: HELD_BYTES,
        onInfo: () => {
          interim += 1;
          if (interim > MAX_INTERIM_ANSWERS) stop.abort(new Error('too many interim answers'));
        },
      });
      // Whoever reads it hears of its end too; until then that must not end the process.
      answer.body.on('error', () => undefined);
      try {
        const kept = responseHeaders(asLatin1(answer.headers as unknown as string[]));
        checkHead(statusCode, kept);
        return { status: statusCode, statusText: reasonPhrase(statusText), headers: kept, body: answer.body };
      } catch (error) {
        answer.body.destroy();
        throw error;
      }
    } catch (error) {
      throw upstreamFailure(error, signal);
    }
  }

  /** Ends what is under way, and the connections. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/**
 * The body of a request, for a client that may be done with it before it has all: the connection that it comes from stays open for
 * the answer. What is held is bounded, and whoever sends it waits.
 *
 * @param onBytes is told of each piece's length
 */
export function bodyOf(raw: Readable, onBytes: (bytes: number) => void): Readable {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of raw.iterator({ destroyOnReturn: false })) {
        onBytes(piece.length);
        yield piece;
      }
    } finally {
      // What is left is read, and thrown away, so that the answer gets through. Before the iterator is done, that has no effect.
      raw.resume();
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: HELD_BYTES }).on(
    'error',
    () => undefined,
  );
}

/** What went wrong with the upstream, in the catalogue's words. */
export function upstreamFailure(error: unknown, signal?: AbortSignal): DetectError {
  if (error instanceof DetectError) return error;
  if (signal?.aborted && signal.reason instanceof DetectError) return signal.reason;
  if (error instanceof NoConnection)
    return new DetectError('upstream.unreachable', undefined, { cause: error });
  const { code = '', message = String(error) } = error as Partial<NodeJS.ErrnoException>;
  // undici's and TLS's own carry bytes of the answer, which a logger would print.
  const cause = Object.assign(new Error(message), { code });
  if (/^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/.test(code))
    return new DetectError('upstream.timeout', undefined, { cause });
  if (code === 'UND_ERR_INVALID_ARG') return new DetectError('request.malformed', undefined, { cause });
  return new DetectError('upstream.broken', undefined, { cause });
}

/** undici reads UTF-8 in headers; Node writes Latin-1. As bytes, both are the same. */
function asLatin1(headers: readonly string[]): string[] {
  return headers.map((text) => Buffer.from(text, 'utf8').toString('latin1'));
}

/** Refuses what could not be written to the caller. @throws */
function checkHead(status: number, headers: readonly string[]): void {
  if (!(status >= 200 && status <= 599)) throw new Error(`status ${status}`);
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = headers.slice(at, at + 2);
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
}

/** The words behind the status; none where they could not be written. */
function reasonPhrase(text: string): string {
  return /^[\t\x20-\x7e]*$/.test(text) ? text : '';
}

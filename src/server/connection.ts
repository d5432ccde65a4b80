/** Answers below the framework: what Node's HTTP parser refuses before there is a request. */
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, METHODS, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ConnectionError } from 'fastify';
import type { ErrorCode } from '../errors.ts';
import { errorAnswer } from '../wire/answer.ts';

/** A request line that is well-formed but for a verb that Node does not know. */
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) \S+ HTTP\/1\.[01]\r?\n/;

/** Node's code for a request that takes too long to arrive. */
const TOO_SLOW = 'ERR_HTTP_REQUEST_TIMEOUT';

/** What is read of a body after its answer, in bytes: a whole picture, for clients that read no answer before they sent all. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024;
/** How often such a body is looked at, in ms. */
const UNREAD_CHECK_MS = 250;

/** How long a caller may take for an answer that is all there, and held in memory until then: so many ms … */
const READING_MS = 60_000;
/** … and as long as a line of so many bytes a second takes. */
const LEAST_READ_PER_SECOND = 32 * 1024;

/** An error of a connection, Node's or our own. */
type Fault = Error & Partial<Pick<ConnectionError, 'code' | 'rawPacket'>>;

/** Is told of each answer that was given below the framework, for the metrics. */
export type OnRefused = (reason: ErrorCode) => void;

/** Answers in JSON whatever Node's parser refuses, or would answer in its own way. */
export class Connections {
  readonly #onRefused: OnRefused;
  /** The last request of a connection and its answer. */
  readonly #last = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();

  constructor(onRefused: OnRefused) {
    this.#onRefused = onRefused;
  }

  /** Has to be told of each request, so that answers on one connection stay in order. */
  track(request: IncomingMessage, response: ServerResponse): void {
    this.#last.set(request.socket, { request, response });
  }

  /** Refuses a request whose body is not there after so many ms. @returns what ends that */
  limit(request: IncomingMessage, ms: number): () => void {
    const timer = setTimeout(() => {
      const late = Object.assign(new Error('The body came too slowly.'), { code: TOO_SLOW });
      if (!request.complete) this.onClientError(late, request.socket);
    }, ms);
    const end = () => clearTimeout(timer);
    request.once('close', end);
    return end;
  }

  /**
   * Ends the connection of a request that was answered before its body had come, when the rest takes longer than so many
   * ms, or never ends: Node would read it, and throw it away, for as long as it comes.
   */
  endUnread(request: IncomingMessage, response: ServerResponse, ms: number): void {
    response.once('finish', () => {
      if (request.complete) return;
      const { socket } = request;
      const end = performance.now() + ms;
      const most = socket.bytesRead + MOST_UNREAD_BYTES;
      const timer = setInterval(() => {
        if (performance.now() >= end || socket.bytesRead > most) socket.destroy();
        if (request.complete || socket.destroyed) clearInterval(timer);
      }, UNREAD_CHECK_MS);
    });
  }

  /** Ends the connection of a caller who does not take an answer that is all there. */
  endUntaken(
    response: ServerResponse,
    { ms = READING_MS, bytesPerSecond = LEAST_READ_PER_SECOND } = {},
  ): void {
    response.once('prefinish', () => {
      const { socket, writableLength } = response;
      const longest = ms + (writableLength / bytesPerSecond) * 1000;
      const timer = setTimeout(() => socket?.destroy(), longest).unref();
      response.once('finish', () => clearTimeout(timer));
    });
  }

  /** Answers what is not HTTP, came too slowly, or has too large headers, and closes the connection. */
  readonly onClientError = (error: Fault, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const answer = this.#answer(...reasonOf(error));
    const last = this.#last.get(socket);
    const answering = last !== undefined && !last.response.writableFinished && !socket.destroyed;
    if (!answering) socket.end(answer);
    // The fault is in what follows a whole request, whose answer must go out first.
    else if (last.request.complete) last.response.once('finish', () => socket.end(answer));
    // The fault is in the body of a request whose answer has begun: nothing can be said any more.
    else if (last.response.headersSent) socket.destroy(error);
    else socket.end(answer);
  };

  /** Has the server answer what Node would answer, or drop, without a body. */
  attach(server: Server): void {
    server.on('connect', (_request, socket: Duplex) => socket.end(this.#answer('request.method', 'CONNECT')));
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  }

  #answer(reason: ErrorCode, method: string): string {
    this.#onRefused(reason);
    return rawError(reason, method);
  }
}

function reasonOf(error: Fault): [ErrorCode, string] {
  if (error.code === TOO_SLOW) return ['request.timeout', ''];
  const packet: unknown = error.rawPacket;
  const text =
    error.code === 'HPE_INVALID_METHOD' && Buffer.isBuffer(packet) ? packet.toString('latin1') : '';
  const verb = REQUEST_LINE.exec(text)?.[1];
  // A known verb there belongs to an earlier request of the same packet.
  const unknown = verb !== undefined && !METHODS.includes(verb);
  return unknown ? ['request.method', verb] : ['request.malformed', ''];
}

function rawError(reason: ErrorCode, method: string): string {
  const id = randomUUID();
  const { status, body } = errorAnswer(reason, id, method);
  const json = JSON.stringify(body);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
    `x-request-id: ${id}`,
    `x-reason: ${reason}`,
    'Connection: close',
    '',
    json,
  ].join('\r\n');
}

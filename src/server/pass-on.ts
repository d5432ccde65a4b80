/** What is not served here goes on to the upstream that the operator named, with the caller's own key and nothing of ours. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseAddress } from '../download/cidr.ts';
import { DetectError } from '../errors.ts';
import type { KeyCache } from '../store/key-cache.ts';
import { holdsOwnMake } from '../store/secret.ts';
import { countOf, firstOf, requestHeaders } from '../upstream/headers.ts';
import { bodyOf, type Incoming, type Relay, upstreamFailure } from '../upstream/relay.ts';
import { Intake } from './intake.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';
import { releaseOnClose } from './release-on-close.ts';
import type { UPSTREAM_CALLERS } from './upstream-options.ts';

/**
 * How long a caller may take nothing of an answer that is here, in ms, before it is cut off: as long as everywhere else here. The
 * connection's own limit is for silence of the upstream.
 */
const STALL_MS = 75_000;
/** Verbs that go on. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Headers of which a second one could mean something else to the upstream than the first does here. */
const ONCE = ['authorization', 'x-api-key', 'content-length', 'transfer-encoding'];
/** How much longer than the upstream a caller's connection may be silent, in ms, so that it gets the answer. */
const SILENCE_BEYOND_MS = 10_000;

/** What passing on is built from. */
export interface PassOnDeps {
  readonly relay: Relay;
  readonly keys: KeyCache;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
  readonly settings: PassOnSettings;
}

/** The numbers of it. */
export interface PassOnSettings {
  readonly upstreamCallers: (typeof UPSTREAM_CALLERS)[number];
  readonly upstreamConnections: number;
  readonly upstreamWaitMs: number;
}

/** Passes requests on, as many at a time as there are connections. */
export class PassOn {
  readonly #deps: PassOnDeps;
  readonly #intake = new Intake();

  constructor(deps: PassOnDeps) {
    this.#deps = deps;
    deps.metrics.watchUpstream(() => this.#intake.total);
  }

  /** Whether a verb goes on, and whether no person is before it: what the upstream shows would be shown as a page of this host. */
  takes({ method, headers }: FastifyRequest): boolean {
    return METHODS.has(method) && headers['sec-fetch-mode'] !== 'navigate';
  }

  /** Whether the upstream may see the key that a request bears: not one that was made here. */
  mayShow({ raw: { rawHeaders, url = '' } }: FastifyRequest): boolean {
    return !holdsOwnMake(url) && !rawHeaders.some(holdsOwnMake);
  }

  /**
   * Passes a request on and its answer back. Once that has begun, the reply is the framework's no more.
   *
   * @param body where it was read already, its coding undone
   * @throws DetectError `key.*`, `upstream.*`, `overload.queue`, `request.malformed`, before anything was answered
   */
  async send(request: FastifyRequest, reply: FastifyReply, body?: Uint8Array): Promise<void> {
    const { raw, exchange } = request;
    const { lifecycle, settings } = this.#deps;
    exchange.isPassedOn = true;
    checkFraming(raw);
    await this.#checkCaller(request);
    if (lifecycle.draining) throw new DetectError('overload.queue');
    const share = exchange.key?.id ?? placeOf(request.ip);
    releaseOnClose(reply.raw, this.#intake.enter(share, settings.upstreamConnections));
    exchange.gone.throwIfAborted();
    if (body === undefined) lifecycle.accept(reply.raw);
    // The framework's own limit is for callers that wait for us.
    raw.socket.setTimeout(settings.upstreamWaitMs + SILENCE_BEYOND_MS);
    await this.#exchange(request, reply, body);
  }

  async #exchange(
    request: FastifyRequest,
    reply: FastifyReply,
    given: Uint8Array | undefined,
  ): Promise<void> {
    const { raw, exchange } = request;
    const { relay, metrics } = this.#deps;
    const body = given ?? (hasBody(raw) ? bodyOf(raw, (bytes) => metrics.passedOn('to', bytes)) : null);
    const answer = await exchange.stage('upstream', () =>
      relay.ask({
        method: raw.method ?? '',
        target: raw.url ?? '',
        headers: requestHeaders(raw.rawHeaders, given !== undefined),
        length: given?.byteLength ?? (body === null ? undefined : lengthOf(raw)),
        body,
        signal: exchange.gone,
      }),
    );
    if (given !== undefined) metrics.passedOn('to', given.byteLength);
    reply.hijack();
    answer.body.on('data', (bytes: Buffer) => metrics.passedOn('from', bytes.length)).pause();
    try {
      await writeAnswer(answer, reply.raw, this.#deps.lifecycle.draining);
    } catch (error) {
      // The beginning is out. An end without the end tells the caller that something is missing.
      exchange.failure = exchange.gone.aborted ? undefined : upstreamFailure(error);
      exchange.reason = exchange.failure?.code;
      reply.raw.destroy();
    }
  }

  /** A key that is known here, or, where the operator says so, whatever the upstream makes of it. */
  async #checkCaller(request: FastifyRequest): Promise<void> {
    const { exchange } = request;
    const { keys, settings } = this.#deps;
    const credentials = credentialsOf(request.headers);
    if (!this.mayShow(request)) throw new DetectError('upstream.own_key');
    let expired: DetectError | undefined;
    for (const secret of credentials) {
      try {
        exchange.key ??= await keys.find(secret);
      } catch (error) {
        // Another of them may be good.
        if (!(error instanceof DetectError && error.code === 'key.expired')) throw error;
        expired = error;
      }
    }
    if (exchange.key !== undefined || settings.upstreamCallers === 'anyone') return;
    throw expired ?? new DetectError(credentials.length === 0 ? 'key.missing' : 'key.invalid');
  }
}

/** The keys that a request bears: as the vendor's own API takes them, and as its Anthropic-like one does. */
function credentialsOf(headers: IncomingMessage['headers']): string[] {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1];
  return [bearer, headers['x-api-key']].flat().flatMap((secret) => (secret ? [secret] : []));
}

/**
 * Refuses what two servers could read in two ways. Node's parser has refused most of it.
 *
 * @throws DetectError `request.malformed`
 */
function checkFraming({ rawHeaders, httpVersion }: IncomingMessage): void {
  const coding = firstOf(rawHeaders, 'transfer-encoding');
  const isOdd =
    coding !== '' &&
    (coding !== 'chunked' || httpVersion !== '1.1' || firstOf(rawHeaders, 'content-length') !== '');
  if (isOdd || ONCE.some((name) => countOf(rawHeaders, name) > 1)) throw new DetectError('request.malformed');
}

/** Whose share it is that comes from an address: of IPv6, a network of 64 bits is one caller's. */
function placeOf(ip: string): string {
  const address = parseAddress(ip);
  return address?.family === 6 && !ip.includes('.') ? `from ${address.bits >> 64n}` : `from ${ip}`;
}

function hasBody(raw: IncomingMessage): boolean {
  return raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
}

function lengthOf({ headers }: IncomingMessage): number | undefined {
  const text = headers['content-length'];
  return text === undefined ? undefined : Number(text);
}

async function writeAnswer(answer: Incoming, response: ServerResponse, isLast: boolean): Promise<void> {
  const { status, statusText, headers, body } = answer;
  response.writeHead(status, statusText, isLast ? [...headers, 'connection', 'close'] : headers);
  // Now, not with the first bytes of the body, which may be long in coming.
  response.flushHeaders();
  let written = -1;
  const watch = setInterval(() => {
    const now = response.socket?.bytesWritten ?? 0;
    if (response.writableNeedDrain && now === written) response.destroy();
    written = now;
  }, STALL_MS);
  try {
    await pipeline(body, response);
  } finally {
    clearInterval(watch);
  }
}

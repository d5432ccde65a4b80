/** One request of a client, tried as often as is safe. */
import { CLIENT_DETAILS, DetectError, fill } from '../errors.ts';
import { Backoff, type Repeat } from './backoff.ts';
import { Deadline } from './deadline.ts';
import { errorOf, ServiceError } from './error.ts';
import { baseOf, type CallOptions, type ClientOptions, checkKey, type Limits, limitsOf } from './options.ts';
import { parseJson, textOf } from './reading.ts';

/** Longest error that is read, in bytes; the service's have some 200. */
const MOST_ERROR_BYTES = 64 * 1024;

/** What is sent. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the client's base address; or an address, to which no key is sent. */
  readonly to: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob | FormData | string | ReadableStream | undefined;
  readonly repeat: Repeat;
}

/** A try that was answered with a status of 2xx. It has to be closed. */
export interface Attempt {
  readonly response: Response;
  /** Its own time, which begins anew where it is told to. */
  readonly deadline: Deadline;
  /** Why it failed, where something failed while the answer was read. */
  failure(cause: unknown): Error;
}

/** A call under way: one deadline for all that it sends. */
export interface Call {
  readonly deadline: Deadline;
  readonly limits: Limits;
}

/** Sends what a client asks. */
export class Sender {
  readonly #base: string;
  readonly #key: string | undefined;
  readonly #options: ClientOptions;

  /** @throws DetectError `option.invalid`, `key.invalid` */
  constructor(options: ClientOptions) {
    this.#base = baseOf(options.baseUrl);
    this.#key = checkKey(options.apiKey);
    this.#options = options;
    limitsOf({}, options);
  }

  /** Whether what is sent to the service is sent by TLS. */
  get isSecure(): boolean {
    return this.#base.startsWith('https:');
  }

  /** Does some work within one deadline. */
  async call<T>(own: CallOptions, work: (call: Call) => Promise<T>): Promise<T> {
    const call = this.open(own);
    try {
      return await work(call);
    } finally {
      call.deadline.close();
    }
  }

  /** A call whose deadline is the caller's to close. */
  open(own: CallOptions): Call {
    const limits = limitsOf(own, this.#options);
    return { limits, deadline: new Deadline(limits.deadlineMs, own.signal ?? this.#options.signal) };
  }

  /**
   * Sends, and sends again where that is safe and may help.
   *
   * @param read reads what was answered with a status of 2xx; what it throws counts as the try's failure
   * @throws ServiceError
   */
  async send<T>(call: Call, ask: Ask, read: (response: Response) => Promise<T>): Promise<T> {
    const backoff = new Backoff(call.limits);
    for (;;) {
      try {
        return await this.#once(call, ask, read);
      } catch (error) {
        await pauseOrThrow(call, backoff, error, ask.repeat);
      }
    }
  }

  /**
   * Sends once.
   *
   * @param extraMs what its time is longer by, where the service was asked to wait
   * @throws ServiceError
   */
  async begin(call: Call, ask: Ask, extraMs = 0): Promise<Attempt> {
    const deadline = new Deadline(call.limits.timeoutMs + extraMs, call.deadline.signal);
    const failure = (cause: unknown) =>
      call.deadline.failure(cause) ?? deadline.failure(cause) ?? this.#lost(cause);
    try {
      deadline.signal.throwIfAborted();
      const response = await this.#fetch(ask, deadline.signal);
      if (response.ok) return { response, deadline, failure };
      const text = await textOf(response, MOST_ERROR_BYTES).catch(() => '');
      throw deadline.failure() ?? errorOf(response, parseJson(text));
    } catch (cause) {
      deadline.close();
      throw failure(cause);
    }
  }

  async #once<T>(call: Call, ask: Ask, read: (response: Response) => Promise<T>): Promise<T> {
    const { response, deadline, failure } = await this.begin(call, ask);
    try {
      return await read(response);
    } catch (cause) {
      throw failure(cause);
    } finally {
      deadline.close();
    }
  }

  #fetch({ method, to, headers = {}, body }: Ask, signal: AbortSignal): Promise<Response> {
    const isOurs = typeof to === 'string';
    const { fetch: send = fetch, language } = this.#options;
    return send(isOurs ? `${this.#base}${to}` : to.href, {
      method,
      headers: {
        accept: 'application/json',
        ...(language !== undefined && { 'accept-language': language }),
        ...headers,
        ...(isOurs && this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
      },
      // A key goes nowhere else, and a POST must not become a GET. ("error" is not known to edge runtimes.)
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
  }

  /** What a runtime throws where no answer comes, each in its own words, and Node within another error. */
  #lost(thrown: unknown): Error {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    for (const error of [thrown, cause]) if (error instanceof DetectError) return error;
    return new ServiceError(
      'service.unreachable',
      fill(CLIENT_DETAILS.unreachable, { address: this.#base }),
      {
        cause,
      },
    );
  }
}

/** Waits for the next try. @throws ServiceError where there is none */
export async function pauseOrThrow(
  { deadline }: Call,
  backoff: Backoff,
  error: unknown,
  repeat: Repeat,
): Promise<void> {
  if (!(error instanceof ServiceError)) throw error;
  const pause = backoff.pauseAfter(error, repeat);
  // One that ends behind the deadline would be waited for in vain.
  if (pause === null || pause >= deadline.leftMs) throw error;
  await deadline.wait(pause);
  const failure = deadline.failure(error);
  if (failure !== undefined) throw failure;
}

/** What a client is told, once for all of its calls or for one of them. */
import { CLIENT_DETAILS, DetectError, fill } from '../errors.ts';

/** How long a call may take, how often it is tried, and who may end it. Times are in milliseconds; Infinity is without limit. */
export interface CallOptions {
  /** Ends the call, with the error `inspect.aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** One try, from its first byte sent to the last one received; 60,000 if left out. */
  readonly timeoutMs?: number | undefined;
  /** The whole call: all tries, the pauses between them, an upload before; 180,000 if left out. */
  readonly deadlineMs?: number | undefined;
  /** How often a call is tried again after a failure: an answer of 5xx, a connection that broke, a try that took too long; 2 if left out. */
  readonly retries?: number | undefined;
  /** How often it is tried again after 429, by which a service asks for fewer calls, or for later ones; 6 if left out. */
  readonly busyRetries?: number | undefined;
}

/** What a client is made of. */
export interface ClientOptions extends CallOptions {
  /**
   * Where the service is, with a prefix where it has one: `https://pictures.example`. An address that ends in `/api/v1`, as DashScope's
   * SDKs take it, will do.
   */
  readonly baseUrl: string | URL;
  /** Sent as `Authorization: Bearer …`, to the service only. */
  readonly apiKey?: string | undefined;
  /**
   * What advice and the messages of a service's errors are wanted in, as a BCP 47 tag: `zh-CN`. Browsers say it by themselves;
   * elsewhere it is English if left out.
   */
  readonly language?: string | undefined;
  /** What sends requests; the runtime's own if left out. */
  readonly fetch?: typeof fetch | undefined;
}

/** The limits of a call, all of them known. */
export type Limits = Readonly<Record<Exclude<keyof CallOptions, 'signal'>, number>>;

/** The service itself ends a request after 10 s; the rest is for sending 10 MB, and for proxies in between. */
const TIMEOUT_MS = 60_000;
/** Three tries that take as long as they may. */
const DEADLINE_MS = 180_000;
/** A service that is not there, or fails each time, is told of soon. */
const RETRIES = 2;
/** Together at most some 25 s of pauses. */
const BUSY_RETRIES = 6;

/** What a header can hold without being told apart from what was meant. */
const SENDABLE = /^[\x21-\x7e]*$/;

/**
 * The limits of a call: its own, else the client's, else the defaults.
 *
 * @throws DetectError `option.invalid`
 */
export function limitsOf(own: CallOptions, client: CallOptions): Limits {
  const take = (name: keyof Limits, fallback: number) => {
    const value = own[name] ?? client[name] ?? fallback;
    if (typeof value === 'number' && value >= 0) return value;
    throw new DetectError('option.invalid', fill(CLIENT_DETAILS.fromZero, { name }));
  };
  return {
    timeoutMs: take('timeoutMs', TIMEOUT_MS),
    deadlineMs: take('deadlineMs', DEADLINE_MS),
    retries: take('retries', RETRIES),
    busyRetries: take('busyRetries', BUSY_RETRIES),
  };
}

/**
 * The address that paths are put behind: without a slash at its end.
 *
 * @throws DetectError `option.invalid`
 */
export function baseOf(baseUrl: string | URL): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch (cause) {
    throw new DetectError('option.invalid', CLIENT_DETAILS.notUrl, { cause });
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new DetectError('option.invalid', CLIENT_DETAILS.notWeb);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

/** @throws DetectError `key.invalid` for a key that no header can hold; the runtimes would say so each in its own way */
export function checkKey(key: string | undefined): string | undefined {
  if (key === undefined || key === '') return undefined;
  if (SENDABLE.test(key)) return key;
  throw new DetectError('key.invalid', CLIENT_DETAILS.keyLetters);
}

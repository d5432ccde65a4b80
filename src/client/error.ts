/** What a call fails with. */
import {
  CATALOGUE,
  type CatalogueEntry,
  CLIENT_DETAILS,
  type Detail,
  DetectError,
  type ErrorCode,
  fill,
  relayed,
} from '../errors.ts';

/** Longest sentence that is taken over from an answer, in characters. */
const LONGEST_MESSAGE = 1_000;
const TOO_MANY = 429;
const SERVER_FAULT = 500;
/** Refusals of these statuses that the same call meets again, however often it comes: the picture is at fault, or what is kept there. */
const LASTING: ReadonlySet<string> = new Set<ErrorCode>([
  'inspect.barred',
  'inspect.failed',
  'job.bytes',
  'upload.key_full',
]);
/** Failures without an answer that another try may not have. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>(['service.unreachable', 'service.timeout']);

/** What is known of a failed call beside its code and its sentence. */
interface Facts {
  readonly status?: number;
  readonly contractCode?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** What every call of a client rejects with: `code` is a token of docs/errors.md, as everywhere in this package. */
export class ServiceError extends DetectError {
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** `code` of the answer's body, the vendor's word for it, such as `Throttling.RateQuota`; null without one. */
  readonly contractCode: string | null;
  /** For a report to the operator; null without one. */
  readonly requestId: string | null;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** How long the service asks to wait first, in ms; null where it asks for nothing. */
  readonly retryAfterMs: number | null;

  constructor(code: ErrorCode, message?: Detail, facts: Facts = {}) {
    super(code, message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.status = facts.status ?? null;
    this.contractCode = facts.contractCode ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    const { status } = this;
    this.retryable =
      status === null
        ? PASSING.has(code)
        : (status === TOO_MANY || status >= SERVER_FAULT) && !LASTING.has(code);
  }
}

/**
 * The error that an answer tells of.
 *
 * @param body what it says, if that is JSON
 */
export function errorOf({ status, headers }: Response, body: unknown): ServiceError {
  const { code, message, request_id: id } = (body ?? {}) as Record<string, unknown>;
  const contractCode = typeof code === 'string' ? code : undefined;
  const sentence = typeof message === 'string' ? relayed(message.slice(0, LONGEST_MESSAGE)) : undefined;
  const facts = {
    status,
    contractCode,
    requestId: headers.get('x-request-id') ?? (typeof id === 'string' ? id : undefined),
    retryAfterMs: readRetryAfter(headers.get('retry-after')),
  };
  const token = tokenOf(headers.get('x-reason'), status, contractCode, sentence);
  if (token !== undefined) return new ServiceError(token, sentence, facts);
  if (contractCode === undefined) {
    const isRedirect = status === 0 || (status >= 300 && status < 400);
    const told = isRedirect ? CLIENT_DETAILS.redirect : CLIENT_DETAILS.status;
    return new ServiceError('service.answer', fill(told, { status: status || '3xx' }), facts);
  }
  return new ServiceError('service.refused', sentence ?? fill(CLIENT_DETAILS.status, { status }), facts);
}

/** The catalogue's token: the service's own, or, where it sends none, as the vendor's does not, the first of the same words. */
function tokenOf(
  reason: string | null,
  status: number,
  code: string | undefined,
  message: string | undefined,
): ErrorCode | undefined {
  if (reason !== null && Object.hasOwn(CATALOGUE, reason)) return reason as ErrorCode;
  if (code === undefined) return undefined;
  const entries = Object.entries<CatalogueEntry>(CATALOGUE);
  const same = entries.find(
    ([, entry]) => entry.status === status && entry.code === code && entry.message === message,
  );
  return same?.[0] as ErrorCode | undefined;
}

/** `Retry-After`, in seconds or as a date, in ms from now. */
function readRetryAfter(text: string | null): number | undefined {
  if (text === null || text.length > 64) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1_000;
  const ms = Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

import { DetectError, type ErrorCode } from '../errors.ts';

/** Body of every 200 on the vendor's path, members in its order. */
export interface SuccessBody {
  /** As the model has it. */
  readonly output: object;
  readonly usage: { readonly image_count: 1 };
  readonly request_id: string;
}

/** Body of every error on every path: three strings and nothing else. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
}

/** An error as it goes onto the wire. */
export interface ErrorAnswer {
  readonly status: number;
  /** The catalogue's token, for the header `x-reason`. */
  readonly reason: ErrorCode;
  readonly body: ErrorBody;
}

/**
 * The body for a picture that was inspected.
 *
 * @param requestId a lower-case UUID, the same as in the header `x-request-id`
 */
export function successBody(output: object, requestId: string): SuccessBody {
  return { output, usage: { image_count: 1 }, request_id: requestId };
}

/**
 * The answer for a token of the catalogue. Only the catalogue's fixed sentence is used, never an error's own
 * message, so that nothing of a request or of this machine can slip out.
 *
 * @param method the request's verb, which `request.method` names
 */
export function errorAnswer(reason: ErrorCode, requestId: string, method: string): ErrorAnswer {
  const { status, code, message } = new DetectError(reason).entry;
  return {
    status,
    reason,
    body: { code, message: message.replace('{method}', () => method), request_id: requestId },
  };
}

/** Any thrown value as a DetectError: itself, or `internal` with the value as its cause. */
export function asDetectError(thrown: unknown): DetectError {
  return thrown instanceof DetectError ? thrown : new DetectError('internal', undefined, { cause: thrown });
}

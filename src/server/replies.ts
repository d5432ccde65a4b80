import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { messageIn } from '../core/words/details.ts';
import { errorWords } from '../core/words/errors.ts';
import { DetectError, type ErrorCode, fill, REQUEST_DETAILS } from '../errors.ts';
import { asDetectError, errorAnswer } from '../wire/answer.ts';
import { languageFor, tellLanguage } from './language.ts';

/**
 * The answer to any thrown value: flat JSON, and nothing of what was thrown but its token.
 *
 * @param message in place of the catalogue's sentence
 */
export function sendError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  message?: string,
): FastifyReply {
  const error = toCatalogue(thrown, request);
  request.exchange.failure = error;
  request.exchange.reason = error.code;
  const { status, reason, body } = errorAnswer(error.code, request.id, request.method);
  reply.status(status).headers({ 'content-type': 'application/json', 'x-reason': reason });
  // The framework would hang up on a body that is too large, and so would lose the answer to whoever sends on, as nginx does. What is
  // left is read for a while; see `Connections.endUnread`.
  if (error.code === 'body.too_large') reply.removeHeader('connection');
  // As bytes, since the framework would append a charset to the type of anything else.
  return reply.send(Buffer.from(JSON.stringify(message === undefined ? body : { ...body, message })));
}

/** What of a picture, a body or a list is at fault: its detail holds numbers and names of formats, and no more. */
const TOLD =
  /^(?:image|body|policy|upload|url)\.|^job\.(?:line|size|webhook|too_many|bytes)$|^download\.not_image$/;
/** The same where it is told only if there is more than the catalogue's words: the name of a parameter. */
const TOLD_IN_DETAIL: ErrorCode = 'request.query';

/**
 * Behind the catalogue's sentence, what was seen, where that helps and tells nothing else.
 *
 * @returns undefined where the sentence is all that is told
 */
export function detailed(thrown: unknown, request: FastifyRequest): string | undefined {
  const { code, entry, message } = toCatalogue(thrown, request);
  const isMore = message !== entry.when;
  const isTold = TOLD.test(code)
    ? isMore || thrown instanceof DetectError
    : code === TOLD_IN_DETAIL && isMore;
  return isTold ? `${entry.message} ${message}` : undefined;
}

/**
 * The same on our own paths, in the language that was asked for.
 *
 * @param english in place of the catalogue's sentence; where it is there, its case is told in other languages too
 */
export function sendTold(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  english?: string,
): FastifyReply {
  const language = languageFor(request);
  tellLanguage(reply, language);
  if (language === 'en') return sendError(thrown, request, reply, english);
  const error = toCatalogue(thrown, request);
  const message = english === undefined ? errorWords(error.code, language).when : messageIn(language, error);
  return sendError(error, request, reply, message);
}

/** Errors of the framework, its parsers and plug-ins in the catalogue's words. */
function toCatalogue(thrown: unknown, { routeOptions }: FastifyRequest): DetectError {
  if (thrown instanceof DetectError) return thrown;
  const { code, statusCode = 500 } = thrown as Partial<FastifyError>;
  const options = { cause: thrown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const most = routeOptions.bodyLimit ?? 0;
    return new DetectError('body.too_large', fill(REQUEST_DETAILS.longBody, { most }), options);
  }
  // The only thing that is left to the framework to validate.
  if (code === 'FST_ERR_VALIDATION') return new DetectError('request.query', undefined, options);
  // All else that it or a parser finds in a request is an unreadable body.
  if (statusCode < 500) return new DetectError('body.invalid', undefined, options);
  return asDetectError(thrown);
}

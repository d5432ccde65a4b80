/** What went wrong with a request, in words for the person who has to do something about it. */
import type { ServiceError } from '../../../src/client/index.ts';
import { detailIn } from '../../../src/core/words/details.ts';
import { errorWords } from '../../../src/core/words/errors.ts';
import { CATALOGUE, type ErrorCode } from '../../../src/errors.ts';
import type { Spoken } from '../words/catalogue.ts';
import { type FailureText, failureOf } from '../words/failures.ts';

/** A failure that can be shown, in any language. */
export interface Problem {
  /** A token of the catalogue, or `connection.lost` and `connection.cut`, which only a client can see. */
  readonly code: string;
  /** What is known of just this failure, in English; empty where nothing is. */
  readonly detail: string;
  /** For a report to the operator; empty without an answer. */
  readonly requestId: string;
  /** What a file is that neither LivePortrait takes nor this browser opens, such as HEIC; empty for all else. */
  readonly format: string;
}

/** The problem of a token. */
export function problem(code: string, detail = '', requestId = '', format = ''): Problem {
  return { code, detail, requestId, format };
}

/** The problem that a failed request tells of. */
export function problemOf({ code, message, requestId }: ServiceError): Problem {
  return problem(code, detailOf(code, message), requestId ?? '');
}

/**
 * What a refusal of this one picture adds to its code; others name files and settings. A service puts it behind the vendor's
 * sentence, or sends only that.
 */
export function detailOf(code: ErrorCode, message: string): string {
  if (!code.startsWith('image.')) return '';
  const { message: vendors, when } = CATALOGUE[code];
  const detail = message.startsWith(vendors) ? message.slice(vendors.length).trim() : message;
  return detail === when ? '' : detail;
}

/**
 * A problem in words.
 *
 * @param isFixOffered whether "Fix" stands beside them, which converts what this browser does not open
 */
export function tellProblem(
  { code, detail, format }: Problem,
  spoken: Spoken,
  isFixOffered = false,
): FailureText {
  const { failures, language, unopened } = spoken;
  const failure = failureOf(code);
  const told = failures[failure];
  if (format !== '') {
    const own = format === 'HEIC' ? spoken.core.join([unopened.advice, unopened.phones]) : unopened.advice;
    const advice = isFixOffered ? unopened.fix : own;
    return { title: unopened.title(format), what: unopened.what(format), advice };
  }
  if (detail !== '') return { ...told, what: detailIn(language, detail) };
  if (failure !== 'other' || !isErrorCode(code)) return told;
  // What it advises is meant for those who write requests.
  return { ...told, what: errorWords(code, language).when };
}

const REFUSED_DOWNLOADS: ReadonlySet<string> = new Set([
  'url.invalid',
  'download.too_large',
  'download.not_image',
]);

/** The picture itself is refused; another try with it gives the same. */
export function isAboutPicture({ code }: Problem): boolean {
  return code.startsWith('image.') || REFUSED_DOWNLOADS.has(code);
}

/** No request can succeed before something is done about the key. */
export function isAboutKey({ code }: Problem): boolean {
  return code.startsWith('key.') && code !== 'key.rate';
}

/** True for a token of the catalogue of errors. */
function isErrorCode(token: string): token is ErrorCode {
  return Object.hasOwn(CATALOGUE, token);
}

/** What went wrong with a request, in words for the person who has to do something about it. */
import type { ServiceError } from '../../../src/client/index.ts';
import { CATALOGUE } from '../../../src/errors.ts';
import { isErrorCode, reasonWords } from '../words.ts';

/** A failure that can be shown. */
export interface Problem {
  /** A token of the catalogue, or `connection.lost` and `connection.cut`, which only a client can see. */
  readonly code: string;
  /** In a few words. */
  readonly title: string;
  /** What happened. */
  readonly what: string;
  /** What to do. */
  readonly advice: string;
  /** For a report to the operator; empty without an answer. */
  readonly requestId: string;
}

const CONNECTION: Readonly<Record<string, { readonly when: string; readonly advice: string }>> = {
  'connection.lost': {
    when: 'The service does not answer.',
    advice: 'Check that it runs and that you are online; the pictures wait, and go on by themselves.',
  },
  'connection.cut': {
    when: 'The connection broke while the picture was being sent.',
    advice: 'Try again; if it stays, a proxy in between may refuse files of this size.',
  },
};

/** Some entries speak to those who write requests; the page says the same to those who look at pictures. */
const ON_THE_PAGE: typeof CONNECTION = {
  'key.missing': {
    when: 'The service inspects pictures for those who have an API key.',
    advice: 'Its operator makes one with "liveportrait-detect keys create --name <name>".',
  },
};

/** The problem of a token. */
export function problem(code: string, requestId = ''): Problem {
  const known = isErrorCode(code) ? CATALOGUE[code] : CATALOGUE.internal;
  const { when, advice } = CONNECTION[code] ?? ON_THE_PAGE[code] ?? known;
  return { code, title: reasonWords(code), what: when, advice, requestId };
}

/** The problem that a failed request tells of. */
export function problemOf({ code, message, requestId }: ServiceError): Problem {
  if (code !== 'service.answer') return problem(code, requestId ?? '');
  const advice = 'Try again; if it stays, look at what is between this page and the service.';
  return { code, title: 'Unexpected answer', what: message, advice, requestId: requestId ?? '' };
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

import { isIP } from 'node:net';
import { type Detail, DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';

/** Longest URL in bytes of UTF-8, before any parsing: signed addresses of stores reach some thousands. */
export const MAX_URL_BYTES = 8192;
/** Longest authority in characters: a name of 253, written in whatever way, and a port. To encode one takes its square. */
const MAX_AUTHORITY_LENGTH = 1024;

/** Infra's ASCII whitespace: what copying and pasting leaves at either end. */
const BLANKS = '\t\n\f\r ';
/** The URL parser drops some of these in silence, so that a log or an allow-list would see another URL than it. */
const CONTROL = /\p{Cc}/u;
/** Scheme, both slashes (the parser makes do with none), and the authority up to where the parser ends it. */
const AUTHORITY = /^https?:\/\/([^/?#]+)/i;

/** Two dots in a row, or one to begin with: no name in DNS, but some resolvers make do. */
const EMPTY_LABEL = /^\.|\.\./;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * The text gate and the one parser: an absolute `http://` or `https://` URL, which later stages take as it is.
 * Nothing is looked up; whether the target may be reached is the guard's business.
 *
 * @throws {DetectError} `url.invalid`
 */
export function parseImageUrl(text: string): URL {
  // Before anything is looked for in it.
  if (text.length > MAX_URL_BYTES) throw tooLong();
  const trimmed = trimBlanks(text);
  const flaw = textFlaw(trimmed);
  if (flaw) throw new DetectError('url.invalid', flaw);
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    // The parser's error repeats the URL, with its query string.
    throw new DetectError('url.invalid', DOWNLOAD_DETAILS.malformed);
  }
  if (url.port === '0') throw new DetectError('url.invalid', DOWNLOAD_DETAILS.portZero);
  if (EMPTY_LABEL.test(url.hostname)) throw new DetectError('url.invalid', DOWNLOAD_DETAILS.emptyLabel);
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  url.hash = '';
  return url;
}

function tooLong(): DetectError {
  return new DetectError('url.invalid', fill(DOWNLOAD_DETAILS.longUrl, { most: MAX_URL_BYTES }));
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANKS.includes(text[start]!)) start++;
  while (end > start && BLANKS.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function textFlaw(text: string): Detail | null {
  if (Buffer.byteLength(text) > MAX_URL_BYTES) throw tooLong();
  if (CONTROL.test(text)) return DOWNLOAD_DETAILS.controls;
  // WHATWG reads a backslash as a slash, RFC 3986 as part of the user's name: two parsers, two hosts.
  if (text.includes('\\')) return DOWNLOAD_DETAILS.backslash;
  const authority = AUTHORITY.exec(text)?.[1];
  if (authority === undefined) return DOWNLOAD_DETAILS.notWeb;
  if (authority.length > MAX_AUTHORITY_LENGTH) return DOWNLOAD_DETAILS.longHost;
  if (authority.includes('@')) return DOWNLOAD_DETAILS.user;
  return null;
}

/** Where a URL leads, in the form in which it is compared, looked up and connected to. */
export interface Target {
  /** Lower-case, punycode, no trailing dot, no brackets around IPv6. */
  readonly host: string;
  readonly port: number;
  /** The host is an IP address; there is nothing to look up. */
  readonly literal: boolean;
}

/** The target of a URL from `parseImageUrl`. */
export function targetOf(url: URL): Target {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? DEFAULT_PORTS[url.protocol]! : Number(url.port),
    literal: isIP(host) !== 0,
  };
}

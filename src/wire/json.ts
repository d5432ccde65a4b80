/** Reading JSON of strangers: what it may cost is known before it is parsed. */
import { type Detail, DetectError, fill, REQUEST_DETAILS } from '../errors.ts';

/** How much JSON is read. What is beyond is refused as soon as it is seen. */
export interface JsonLimits {
  /** Bytes, without the heavy member. */
  readonly bytes: number;
  /** Values in the whole document, whatever they are. */
  readonly values: number;
}

/**
 * Most members of one object. It keeps the engine's hash tables small: keys that collide on purpose cost the square of
 * their number.
 */
const MOST_MEMBERS = 256;
/** Objects and arrays within each other. The contract nests two, a list of jobs three. */
const MOST_DEPTH = 32;

/** A document, and the text of its heavy member as it stands there, quotes excluded and escapes not undone. */
export interface ReadJson {
  /** The heavy member, where there is one, is empty here. */
  readonly value: Record<string, unknown>;
  readonly heavy: Uint8Array | undefined;
}

const BLANK = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * Reads one JSON object. One pass over the bytes, which stops at the first limit, measures it; only then it is parsed.
 *
 * @param body  UTF-8, with or without a byte order mark
 * @param heavy name of a top-level member whose string may be of any length and is not parsed: base64 of megabytes.
 *   Its text must hold no escaped quotes, which base64 doesn't have.
 * @throws DetectError `body.invalid` for what is not a JSON object (no body, not UTF-8, an array, a plain value), or has too
 *   many values or levels; `body.too_large`
 */
export function readJsonObject(body: Uint8Array | undefined, limits: JsonLimits, heavy?: string): ReadJson {
  if (body === undefined) throw new DetectError('body.invalid');
  const span = measure(body, limits, heavy);
  const text =
    span === undefined ? body : Buffer.concat([body.subarray(0, span.start), body.subarray(span.end)]);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    // Without its cause, whose message would carry a piece of the body into the log.
    throw new DetectError('body.invalid');
  }
  if (!isObject(value)) throw new DetectError('body.invalid');
  return { value, heavy: span && body.subarray(span.start, span.end) };
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Counts what parsing would have to do, and finds the heavy member. It relies on nothing but that strings end at a quote
 * without a backslash before it: whether it is JSON, the parser says.
 */
function measure(body: Uint8Array, limits: JsonLimits, heavy: string | undefined): Span | undefined {
  const members = new Uint32Array(MOST_DEPTH + 1);
  let span: Span | undefined;
  let depth = 0;
  let values = 1;
  let skipped = 0;
  /** Whether the last thing that was not blank is the heavy member's name, or that and its colon. */
  let named: 'no' | 'name' | 'colon' = 'no';

  for (let at = 0; at < body.length; at++) {
    if (at - skipped >= limits.bytes) throw tooLong(limits);
    const byte = body[at]!;
    if (byte <= BLANK) continue;
    if (byte === QUOTE && named === 'colon') {
      // Of two, the parser would take the last; no honest program sends two.
      if (span !== undefined)
        throw new DetectError('body.invalid', fill(REQUEST_DETAILS.memberTwice, { name: String(heavy) }));
      span = { start: at + 1, end: endOfHeavy(body, at + 1) };
      skipped += span.end - at;
      at = span.end;
      named = 'no';
    } else if (byte === QUOTE) {
      const end = endOfString(body, at + 1, limits.bytes + skipped, limits);
      named = depth === 1 && heavy !== undefined && spells(body, at + 1, end, heavy) ? 'name' : 'no';
      at = end;
    } else if (byte === COLON) {
      named = named === 'name' ? 'colon' : 'no';
      members[depth]!++;
      if (members[depth]! > MOST_MEMBERS)
        throw tooMuch(fill(REQUEST_DETAILS.manyMembers, { most: MOST_MEMBERS }));
    } else {
      named = 'no';
      if (isOpening(byte)) {
        depth++;
        if (depth > MOST_DEPTH) throw tooMuch(fill(REQUEST_DETAILS.deepJson, { most: MOST_DEPTH }));
        members[depth] = 0;
        values++;
      } else if (isClosing(byte)) {
        if (depth > 0) depth--;
      } else if (byte === COMMA) values++;
      if (values > limits.values) throw tooMuch(fill(REQUEST_DETAILS.manyValues, { most: limits.values }));
    }
  }
  return span;
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}

/** Where the quote is that ends a string. */
function endOfString(body: Uint8Array, from: number, most: number, limits: JsonLimits): number {
  const end = Math.min(body.length, most);
  for (let at = from; at < end; at++) {
    if (body[at] === QUOTE) return at;
    if (body[at] === BACKSLASH) at++;
  }
  throw end < body.length ? tooLong(limits) : new DetectError('body.invalid');
}

/** The same for the heavy member, at the speed of memory. */
function endOfHeavy(body: Uint8Array, from: number): number {
  const end = body.indexOf(QUOTE, from);
  if (end === -1 || body[end - 1] === BACKSLASH) throw new DetectError('body.invalid');
  return end;
}

function spells(body: Uint8Array, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let at = start; at < end; at++) if (body[at] !== name.charCodeAt(at - start)) return false;
  return true;
}

function tooLong({ bytes }: JsonLimits): DetectError {
  return new DetectError('body.too_large', fill(REQUEST_DETAILS.longJson, { most: bytes }));
}

function tooMuch(detail: Detail): DetectError {
  return new DetectError('body.invalid', detail);
}

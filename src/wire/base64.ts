/** Base64 of megabytes: one pass, in slices between which others have their turn. */
import { DetectError, REQUEST_DETAILS } from '../errors.ts';

/** Resolves when the caller may go on with the next slice. */
export type Pause = () => Promise<void>;

/** Characters that are decoded between two pauses: about a millisecond. */
const SLICE = 256 * 1024;
/** Longest head of a data URI in bytes, up to and with its comma. */
const MOST_HEAD = 300;
/** A data URI's head; its type is not looked at, since the bytes tell. */
const DATA_URI = /^data:[^,]{0,256};base64,/i;

const BLANK = 64;
const PADDING = 65;
const ESCAPE = 66;
const FLAW = 67;
/** What each byte means: below 64 its value, else one of the four above. The alphabets of RFC 4648, both at once. */
const MEANING = new Uint8Array(256).fill(FLAW);
for (const alphabet of [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
]) {
  for (let value = 0; value < 64; value++) MEANING[alphabet.charCodeAt(value)] = value;
}
for (const blank of ' \t\n\f\r') MEANING[blank.charCodeAt(0)] = BLANK;
MEANING['='.charCodeAt(0)] = PADDING;
MEANING['\\'.charCodeAt(0)] = ESCAPE;

/**
 * What a character behind a backslash means in a JSON string: the slash that PHP escapes, the ends of lines, and a code,
 * as which some libraries write `=` and `+`.
 */
const ESCAPED = new Uint8Array(256).fill(FLAW);
for (const blank of 'nrt') ESCAPED[blank.charCodeAt(0)] = BLANK;
ESCAPED['/'.charCodeAt(0)] = MEANING['/'.charCodeAt(0)]!;
const UNICODE = 0x75;
const UNICODE_DIGITS = 4;
const ZERO = 0x30;

/**
 * Decodes base64, base64url, or a data URI of it, as it stands within the quotes of a JSON string. Blanks may be
 * anywhere, and the padding may be missing.
 *
 * @param pause awaited before each slice
 * @returns the bytes, in a buffer of exactly their size
 * @throws DetectError `body.invalid` for anything else
 */
export async function decodeBase64(text: Uint8Array, pause: Pause): Promise<Uint8Array<ArrayBuffer>> {
  const decoder = new Base64Decoder(text, headLength(text));
  do await pause();
  while (!decoder.decode(SLICE));
  return decoder.result();
}

function headLength(text: Uint8Array): number {
  const start = Buffer.from(text.buffer, text.byteOffset, Math.min(text.byteLength, MOST_HEAD));
  return DATA_URI.exec(start.toString('latin1'))?.[0].length ?? 0;
}

class Base64Decoder {
  readonly #text: Uint8Array;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #at: number;
  #size = 0;
  /** Bits that are not a whole group yet, and how many characters they came in. */
  #bits = 0;
  #held = 0;
  #padding = 0;

  constructor(text: Uint8Array, from: number) {
    this.#text = text;
    this.#at = from;
    let end = text.length;
    while (end > from && text.length - end < 2 && MEANING[text[end - 1]!] === PADDING) end--;
    this.#bytes = new Uint8Array(Math.floor(((end - from) * 3) / 4));
  }

  /** Decodes so many characters more. Returns whether that was all. */
  decode(length: number): boolean {
    const text = this.#text;
    const bytes = this.#bytes;
    const end = Math.min(text.length, this.#at + length);
    let size = this.#size;
    let at = this.#at;
    while (at < end) {
      if (this.#held === 0 && this.#padding === 0) {
        // Whole groups without anything between them: nearly all of the text, as a rule.
        for (; at + 4 <= end; at += 4) {
          const a = MEANING[text[at]!]!;
          const b = MEANING[text[at + 1]!]!;
          const c = MEANING[text[at + 2]!]!;
          const d = MEANING[text[at + 3]!]!;
          if ((a | b | c | d) >= BLANK) break;
          bytes[size++] = (a << 2) | (b >> 4);
          bytes[size++] = (b << 4) | (c >> 2);
          bytes[size++] = (c << 6) | d;
        }
        if (at >= end) break;
      }
      let meaning = MEANING[text[at++]!]!;
      if (meaning === ESCAPE) {
        meaning = meaningOfEscape(text, at);
        at += text[at] === UNICODE ? 1 + UNICODE_DIGITS : 1;
      }
      if (meaning === FLAW) throw flawed();
      if (meaning === PADDING) this.#padding++;
      if (this.#padding > 2) throw flawed();
      if (meaning >= BLANK) continue;
      if (this.#padding > 0) throw flawed();
      this.#bits = (this.#bits << 6) | meaning;
      if (++this.#held < 4) continue;
      bytes[size++] = this.#bits >> 16;
      bytes[size++] = this.#bits >> 8;
      bytes[size++] = this.#bits;
      this.#bits = this.#held = 0;
    }
    this.#size = size;
    this.#at = at;
    return at >= text.length;
  }

  result(): Uint8Array<ArrayBuffer> {
    // A single character is less than a byte.
    if (this.#held === 1) throw flawed();
    if (this.#held === 2) this.#bytes[this.#size++] = this.#bits >> 4;
    if (this.#held === 3) {
      this.#bytes[this.#size++] = this.#bits >> 10;
      this.#bytes[this.#size++] = this.#bits >> 2;
    }
    this.#held = 0;
    return this.#size === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#size);
  }
}

/** What a backslash means, going by what is behind it. */
function meaningOfEscape(text: Uint8Array, at: number): number {
  const byte = text[at];
  if (byte !== UNICODE) return ESCAPED[byte ?? 0]!;
  if (text[at + 1] !== ZERO || text[at + 2] !== ZERO) return FLAW;
  const code = 16 * digit(text[at + 3]) + digit(text[at + 4]);
  const meaning = MEANING[code] ?? FLAW;
  return meaning === ESCAPE ? FLAW : meaning;
}

/** The value of a hexadecimal digit, far too much for anything else. */
function digit(byte = 0): number {
  if (byte >= ZERO && byte < ZERO + 10) return byte - ZERO;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : 0x1000;
}

function flawed(): DetectError {
  return new DetectError('body.invalid', REQUEST_DETAILS.notBase64);
}

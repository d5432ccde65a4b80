/**
 * What may not stand in text for people: control characters, which move the cursor or begin a new row, and marks that
 * turn the direction of what follows. The two joiners stay, of which emoji and some scripts are made.
 */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** The same in JSON, which writes lone surrogates as escapes already, and has line ends between its members. */
const HIDDEN_IN_JSON = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Where the bytes of a name that are not UTF-8 are kept; see `file-name.ts`. */
const BYTES = 0xdc00;

/** Text of others (names of files, answers of servers) on one line, with what cannot be seen written out. */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code > BYTES + 0x7f && code <= BYTES + 0xff) return `\\x${hex(code - BYTES, 2)}`;
    return SHORT[character] ?? (code < 0x80 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`);
  });
}

/** JSON on one line that says the same, with what cannot be seen written as escapes. */
export function visibleJson(json: string): string {
  return json.replaceAll(HIDDEN_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join(''),
  );
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

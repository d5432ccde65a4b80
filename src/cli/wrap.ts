/** Lines that fit a terminal, of text that may have Chinese in it. */
import widthOf from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** What is written without spaces, with its punctuation: Chinese, and full-width forms. */
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]/u;
/** No line begins with these (W3C, Requirements for Chinese Text Layout, 3.1.3). */
const NOT_FIRST = /^[、，。．：；！？）〕］｝〉》」』】’”…—·,.:;!?)\]}]/u;
/** No line ends with these. */
const NOT_LAST = /[（〔［｛〈《「『【‘“([{]$/u;
/** A character with the colours in front of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const CHARACTER = /(?:\u001b\[[\d;]*m)*./gsu;

/** What stays together, and the space that is left out where a line ends before it. */
interface Piece {
  readonly gap: string;
  text: string;
}

/**
 * Breaks text at spaces, and between Chinese characters as Chinese is set. What is longer than a line, such as a path, is broken
 * anywhere. wrap-ansi takes a Chinese sentence for one word, and would begin lines with its punctuation.
 *
 * @param columns of the terminal, 1 or more
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (WIDE.test(line) ? wrapWide(line, columns) : wrapAnsi(line, columns, { hard: true })))
    .join('\n');
}

function wrapWide(line: string, columns: number): string {
  const lines: string[] = [];
  let current = '';
  for (const { gap, text } of piecesOf(line)) {
    if (widthOf(current + gap + text) <= columns) {
      current += gap + text;
      continue;
    }
    if (current !== '') lines.push(current);
    const parts = wrapAnsi(text, columns, { hard: true }).split('\n');
    current = parts.pop() ?? '';
    const before = parts.pop();
    if (before !== undefined) {
      // Marks behind what was broken take its last character along.
      let kept = before;
      while (kept !== '' && NOT_FIRST.test(before.slice(kept.length) + current)) kept = kept.slice(0, -1);
      current = before.slice(kept.length) + current;
      lines.push(...parts, kept);
    }
  }
  return [...lines, current].join('\n');
}

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [, gap = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) {
    let last: Piece = { gap, text: '' };
    pieces.push(last);
    let before = '';
    for (const [character] of word.matchAll(CHARACTER)) {
      const isBreak =
        before !== '' &&
        (WIDE.test(before) || WIDE.test(character)) &&
        !NOT_FIRST.test(plain(character)) &&
        !NOT_LAST.test(before);
      if (isBreak) {
        last = { gap: '', text: '' };
        pieces.push(last);
      }
      last.text += character;
      before = character;
    }
  }
  return pieces;
}

/** A character without the colours in front of it. */
const plain = (character: string) => [...character].at(-1) ?? '';

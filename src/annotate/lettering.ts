import type { Point } from '../core/inspection.ts';
import type { Colour, Shape } from './shapes.ts';
import font from './stroke-font.json' with { type: 'json' };

/**
 * The letters are lines, of Hershey's "Sans 1-stroke" (see NOTICE): they look the same on every machine, and need no font of it,
 * which containers rarely have. For each character, how far the next one is, and strokes as x and y in turns, downwards.
 */
const GLYPHS = font as unknown as Readonly<Record<string, readonly [number, readonly (readonly number[])[]]>>;
/** In the font's own units: the height of a capital, the line that letters stand on, and the distance of two lines. */
const CAPITAL = 21;
const BASELINE = 22;
const LINE = 38;
/** A stroke's width, in heights of a capital. */
const STROKE = 0.11;
/** How much wider the dark edge is that keeps letters apart from what is behind them. */
const EDGE = 2.6;

/** What else texts have, in characters that there are. */
const INSTEAD: Readonly<Record<string, string>> = {
  '°': ' degrees',
  '×': 'x',
  '≤': '<=',
  '≥': '>=',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '\u00a0': ' ',
};

/** How letters look. */
export interface Lettering {
  /** Height of a capital, in pixels of the upright picture. */
  readonly size: number;
  readonly colour: Colour;
  /** Around the strokes; none if left out. */
  readonly edge?: Colour;
}

/** The distance of two lines, in pixels, at a size. */
export function lineHeight(size: number): number {
  return (size / CAPITAL) * LINE;
}

/** The width of a text, in pixels, at a size. */
export function widthOf(text: string, size: number): number {
  return [...writable(text)].reduce((sum, letter) => sum + glyphOf(letter)[0], 0) * (size / CAPITAL);
}

/** Breaks a text into lines at spaces; a word that is too long for a line has one of its own, and is not broken. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of writable(text).split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * A text as strokes.
 *
 * @param at where its first letter's top left corner is
 */
export function letters(text: string, at: Point, { size, colour, edge }: Lettering): Shape[] {
  const scale = size / CAPITAL;
  const top = at.y - (BASELINE - CAPITAL) * scale;
  const strokes: Point[][] = [];
  let { x } = at;
  for (const letter of writable(text)) {
    const [advance, lines] = glyphOf(letter);
    for (const line of lines) {
      strokes.push(
        Array.from({ length: line.length / 2 }, (_, i) => ({
          x: x + line[2 * i]! * scale,
          y: top + line[2 * i + 1]! * scale,
        })),
      );
    }
    x += advance * scale;
  }
  const width = size * STROKE;
  const inColour = (colour: Colour, width: number) =>
    strokes.map((points): Shape => ({ kind: 'line', points, width, colour }));
  return [...(edge ? inColour(edge, width * EDGE) : []), ...inColour(colour, width)];
}

/** The text in characters that the font has. */
function writable(text: string): string {
  return [...text].map((letter) => INSTEAD[letter] ?? letter).join('');
}

function glyphOf(letter: string) {
  return GLYPHS[letter] ?? GLYPHS['?']!;
}

/** The words below an annotated picture. */
import type { Box } from '../../../src/core/inspection.ts';
import type { Standing } from '../session/picture.ts';

/** What is said of a picture. */
export interface Caption {
  readonly standing: Standing;
  /** The verdict, and the reason. */
  readonly title: string;
  /** What was found, and what to do. */
  readonly sentences: readonly string[];
  /** The picture's name, its size, and what it is for. */
  readonly source: string;
}

/** What both kinds of canvas draw with. */
export type Canvas2D = OffscreenCanvasRenderingContext2D;

const FONT = 'system-ui, sans-serif';
const PAPER = '#ffffff';
const INK = '#171b21';
const SOFT = '#55606e';
const COLOURS: Readonly<Record<Standing, string>> = {
  pass: '#176a36',
  refused: '#b3261e',
  failed: '#8a5300',
  waiting: SOFT,
  sending: SOFT,
};
/** Sizes of the text, in parts of the picture's width, within bounds in pixels. */
const TEXT_PER_WIDTH = 1 / 48;
const SMALLEST_TEXT = 14;
const LARGEST_TEXT = 30;
const LINE = 1.4;
/** More lines than these are not drawn: the advice of all checks together has fewer. */
const MOST_LINES = 40;

interface Line {
  readonly text: string;
  readonly font: string;
  readonly colour: string;
  readonly height: number;
}

/** What the caption takes, in pixels. */
export function heightOfCaption(context: Canvas2D, width: number, caption: Caption): number {
  const { lines, margin } = laidOut(context, width, caption);
  return Math.ceil(lines.reduce((sum, { height }) => sum + height, 2 * margin));
}

/** Draws it into a box. */
export function drawCaption(context: Canvas2D, { x, y, width, height }: Box, caption: Caption): void {
  const { lines, margin } = laidOut(context, width, caption);
  context.fillStyle = PAPER;
  context.fillRect(x, y, width, height);
  context.fillStyle = COLOURS[caption.standing];
  context.fillRect(x, y, Math.ceil(margin / 3), height);
  context.textBaseline = 'middle';
  let top = y + margin;
  for (const { text, font, colour, height: line } of lines) {
    context.font = font;
    context.fillStyle = colour;
    context.fillText(text, x + margin, top + line / 2);
    top += line;
  }
}

function laidOut(context: Canvas2D, width: number, { standing, title, sentences, source }: Caption) {
  const size = Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT, Math.round(width * TEXT_PER_WIDTH)));
  const margin = size;
  const lines: Line[] = [];
  const add = (text: string, scale: number, weight: number, colour: string) => {
    const pixels = Math.round(size * scale);
    const font = `${weight} ${pixels}px ${FONT}`;
    context.font = font;
    for (const line of wrapped(context, text, width - 2 * margin))
      lines.push({ text: line, font, colour, height: pixels * LINE });
  };
  add(title, 1.3, 600, COLOURS[standing]);
  for (const sentence of sentences) add(sentence, 1, 400, INK);
  add(source, 0.8, 400, SOFT);
  return { lines: lines.slice(0, MOST_LINES), margin };
}

/** A text in lines of at most a width; words break where the language lets them, and anywhere if they must. */
function wrapped(context: Canvas2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && context.measureText(line + piece.trimEnd()).width > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    for (const character of context.measureText(piece).width > width ? Array.from(piece) : [piece]) {
      if (line !== '' && context.measureText(line + character).width > width) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line.trimEnd()];
}

/** Words with the room behind them; Chinese has a piece for each character, kept with the punctuation that follows. */
function piecesOf(text: string): readonly string[] {
  return (
    text.match(
      /[\u2e80-\u9fff\uf900-\ufaff][\u3000-\u303f\uff00-\uff65]*\s*|[^\s\u2e80-\u9fff\uf900-\ufaff]+\s*|\s+/g,
    ) ?? []
  );
}

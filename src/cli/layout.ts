/** How text for people is laid out: to the width of a terminal, and as it is anywhere else. */
import { columns, labelled, splitLast, type WidthOf } from './columns.ts';

/** Narrower than this, the terminal breaks the lines itself: there is no room for words. */
const LEAST_WIDTH = 20;
/** The last column of a table is wrapped where it has so much room; where it has less, each row becomes a list. */
const LEAST_LAST_COLUMN = 24;
/** Rows that come one by one are in columns only where their last one has so much room; a paragraph takes fewer lines elsewhere. */
const LEAST_ADVICE = 48;

/** Lays out text for one stream. */
export interface Layout {
  /**
   * One paragraph, with its line end.
   *
   * @param label stands before it, and all further lines stand below its end
   */
  paragraph(text: string, label?: string): string;
  /** Rows of cells under their head; a list for each row where they are too wide for the terminal. */
  table(rows: readonly (readonly string[])[]): Promise<string>;
  /**
   * Rows that come one by one: in columns where there is room for them, otherwise a paragraph each.
   *
   * @param columns of the cells before the last: all the texts that come, or none where nobody knows them, or the width
   */
  rows(columns: readonly (readonly string[] | number)[]): RowLayout;
}

/** Lays out one row: its cells, the last of which may be long, behind a label of the same width in each row. */
export type RowLayout = (cells: readonly string[], label: string) => string;

/** The cells that are not empty, in a line. */
const inLine = (cells: readonly string[]) => cells.filter((cell) => cell !== '').join('  ');

/** Only when it is asked for: where there is neither a table nor a terminal, it would be loaded in vain. */
export const loadWidthOf = async (): Promise<WidthOf> => (await import('string-width')).default;

/** A line is a line, however long. */
export const PLAIN: Layout = {
  paragraph: (text, label = '') => `${label}${text}\n`,
  table: async (rows) => columns(rows, await loadWidthOf()),
  rows: () => (cells, label) => PLAIN.paragraph(inLine(cells), label),
};

/** The layout for a stream. */
export async function layoutFor(stream: NodeJS.WritableStream): Promise<Layout> {
  const terminal = stream as Partial<NodeJS.WriteStream>;
  if (terminal.isTTY !== true) return PLAIN;
  const [{ wrapText }, widthOf] = await Promise.all([import('./wrap.ts'), loadWidthOf()]);
  // Asked each time, since a window may change its size; some terminals do not know theirs, and say 0.
  const width = () => {
    const { columns = 0 } = terminal;
    return columns < LEAST_WIDTH ? Number.POSITIVE_INFINITY : columns;
  };
  const paragraph = (text: string, label = '') => {
    const indent = widthOf(label);
    const room = width() - indent;
    if (widthOf(text) <= room) return `${label}${text}\n`;
    // Where the label leaves no room for words, they begin below it.
    if (room < LEAST_WIDTH) return `${label.trimEnd()}\n${wrapText(text, width())}\n`;
    const lines = wrapText(text, room).split('\n');
    return `${label}${lines.join(`\n${' '.repeat(indent)}`)}\n`;
  };
  return {
    paragraph,
    async table(rows) {
      const whole = columns(rows, widthOf);
      if (whole.split('\n').every((line) => widthOf(line) <= width())) return whole;
      const { before, last, indent } = splitLast(rows, widthOf);
      if (width() - indent >= LEAST_LAST_COLUMN) {
        return last.map((cell, at) => paragraph(cell, before[at])).join('');
      }
      return labelled(rows, widthOf)
        .map((record) => record.map(({ label, text }) => paragraph(text, label)).join(''))
        .join('\n');
    },
    rows(before) {
      const widths = before.map((column) =>
        typeof column === 'number' ? column : Math.max(0, ...column.map((text) => widthOf(text))),
      );
      return (cells, label) => {
        const head = cells.slice(0, -1);
        const padded = head.map(
          (cell, at) => `${cell}${' '.repeat(Math.max(0, widths[at]! - widthOf(cell)))}  `,
        );
        const left = `${label}${padded.join('')}`;
        const room = width() - widthOf(left);
        const isColumn = !widths.includes(0) && room >= LEAST_ADVICE && room < Number.POSITIVE_INFINITY;
        return isColumn
          ? paragraph(cells.at(-1) ?? '', left)
              .trimEnd()
              .concat('\n')
          : paragraph(inLine(cells), label);
      };
    },
  };
}

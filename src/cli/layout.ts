/** How text for people is laid out: to the width of a terminal, and as it is anywhere else. */
import { columns, labelled, splitLast } from './columns.ts';

/** Narrower than this, the terminal breaks the lines itself: there is no room for words. */
const LEAST_WIDTH = 20;
/** The last column of a table is wrapped where it has so much room; where it has less, each row becomes a list. */
const LEAST_LAST_COLUMN = 24;

/** Lays out text for one stream. */
export interface Layout {
  /**
   * One paragraph, with its line end.
   *
   * @param label stands before it, and all further lines stand below its end
   */
  paragraph(text: string, label?: string): string;
  /** Rows of cells under their head; a list for each row where they are too wide for the terminal. */
  table(rows: readonly (readonly string[])[]): string;
}

/** A line is a line, however long. */
export const PLAIN: Layout = {
  paragraph: (text, label = '') => `${label}${text}\n`,
  table: (rows) => columns(rows),
};

/** The layout for a stream. */
export async function layoutFor(stream: NodeJS.WritableStream): Promise<Layout> {
  const terminal = stream as Partial<NodeJS.WriteStream>;
  if (terminal.isTTY !== true) return PLAIN;
  // Only here: for a pipe, a log or a file they would be loaded in vain.
  const [{ default: wrapAnsi }, { default: widthOf }] = await Promise.all([
    import('wrap-ansi'),
    import('string-width'),
  ]);
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
    if (room < LEAST_WIDTH) return `${label.trimEnd()}\n${wrapAnsi(text, width(), { hard: true })}\n`;
    const lines = wrapAnsi(text, room, { hard: true }).split('\n');
    return `${label}${lines.join(`\n${' '.repeat(indent)}`)}\n`;
  };
  return {
    paragraph,
    table(rows) {
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
  };
}

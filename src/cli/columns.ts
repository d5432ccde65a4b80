/** Text in columns. */

const GAP = '  ';

/** Cells by row. The rows are equally long, and the first one may be a head. */
export type Cells = readonly (readonly string[])[];

/** How many columns of a terminal a text takes: a Chinese character takes two. */
export type WidthOf = (text: string) => number;

/** Lines with their cells padded to the widest of each column; the last column is not padded. */
export function columns(rows: Cells, widthOf: WidthOf): string {
  const { before, last } = splitLast(rows, widthOf);
  return last.map((cell, at) => `${`${before[at]}${cell}`.trimEnd()}\n`).join('');
}

/** The last column apart, which may be wrapped, and how wide those before it are. */
export function splitLast(
  rows: Cells,
  widthOf: WidthOf,
): { readonly before: string[]; readonly last: string[]; readonly indent: number } {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.slice(0, -1).entries()) {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
    }
  }
  const pad = (cell: string, at: number) => `${cell}${' '.repeat(widths[at] - widthOf(cell))}${GAP}`;
  return {
    before: rows.map((row) => row.slice(0, -1).map(pad).join('')),
    last: rows.map((row) => row.at(-1) ?? ''),
    indent: widths.reduce((sum, width) => sum + width + GAP.length, 0),
  };
}

/** Each row below the head as a list of its cells, each with its column's name before it. */
export function labelled(
  [head = [], ...rows]: Cells,
  widthOf: WidthOf,
): { readonly label: string; readonly text: string }[][] {
  const width = Math.max(0, ...head.map(widthOf));
  return rows.map((row) =>
    row.map((text, at) => ({ label: `${head[at]}${' '.repeat(width - widthOf(head[at]))}${GAP}`, text })),
  );
}

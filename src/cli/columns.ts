/** Text in columns, for terminals. */

const GAP = '  ';

/** Lines with their cells padded to the widest of each column; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at]))
          .join(GAP)
          .trimEnd()}\n`,
    )
    .join('');
}

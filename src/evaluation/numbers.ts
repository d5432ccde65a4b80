/** How the table and the report of an evaluation write numbers. */

/** A share with one decimal, as tables of shares have it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** A limit or a measured value, with three digits that count; a dash where there is none. */
export function short(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(3)));
}

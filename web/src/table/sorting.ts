/** The order of the table. */
import type { Picture } from '../session/picture.ts';
import type { Spoken } from '../words/catalogue.ts';
import { reasonWords } from '../words/reasons.ts';
import type { Column } from '../words/words.ts';

/** What the table is sorted by; null as the pictures came. */
export type Sorting = { readonly by: Column; readonly isDescending: boolean } | null;

/** The columns of numbers, whose largest come first at first. */
const OF_NUMBERS: ReadonlySet<Column> = new Set(['quality', 'faces', 'face']);

/** The order after a press on a column's head: its usual one, the other way round, and as the pictures came. */
export function nextSorting(now: Sorting, by: Column): Sorting {
  const isDescending = OF_NUMBERS.has(by);
  if (now?.by !== by) return { by, isDescending };
  return now.isDescending === isDescending ? { by, isDescending: !isDescending } : null;
}

/** Pictures in an order; those without a value come last, either way. */
export function sorted(pictures: readonly Picture[], sorting: Sorting, words: Spoken): readonly Picture[] {
  if (sorting === null) return pictures;
  const sign = sorting.isDescending ? -1 : 1;
  const collator = new Intl.Collator(words.language, { numeric: true });
  const keyed = pictures.map((picture) => ({ picture, key: keyOf(picture, sorting.by, words) }));
  keyed.sort(({ key: a }, { key: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(`${a}`, `${b}`));
  });
  return keyed.map(({ picture }) => picture);
}

function keyOf(picture: Picture, by: Column, words: Spoken): string | number | null {
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  switch (by) {
    case 'name':
      return picture.name;
    case 'verdict':
      return words.verdict.standings[picture.standing.value];
    case 'reason':
      return picture.reason.value && reasonWords(picture.reason.value, words);
    case 'quality':
      return inspection?.quality?.score ?? null;
    case 'faces':
      return inspection?.faces.length ?? null;
    case 'face':
      return inspection?.subject?.workingWidth ?? null;
  }
}

import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import type { Column } from '../words/words.ts';
import { saveCsv, saveJson } from './export.ts';
import { Filters, passesFilter } from './filters.tsx';
import { PictureRow } from './row.tsx';
import { SaveMany } from './save-many.tsx';
import { nextSorting, type Sorting, sorted } from './sorting.ts';

/** Rows that are in the page at first, and that each press of a button adds. */
const ROWS_AT_A_TIME = 250;

/** What names the list, by its `id`. */
export const LIST_TITLE = 'list-title';

/** All pictures, with filters by reason and exports. */
export function PictureTable() {
  const session = useSession();
  const { pictures, limits, tongue } = session;
  const words = useWords();
  const { table } = words;
  const wanted = useSignal<string | null>(null);
  // Of a reason that no picture has any more there is no button, and all are shown.
  const filter = useComputed(() =>
    pictures.value.some((picture) => passesFilter(picture, wanted.value)) ? wanted.value : null,
  );
  const most = useSignal(ROWS_AT_A_TIME);
  const sorting = useSignal<Sorting>(null);
  const chosen = useComputed(() => {
    const shown = pictures.value.filter((picture) => passesFilter(picture, filter.value));
    return sorted(shown, sorting.value, tongue.spoken.value);
  });
  // A number, since a list would be another one whenever a picture changes, and the table would be drawn anew.
  const failed = useComputed(() => failedOf(pictures.value).length);
  // A number as well: up to the picture that is shown large, which may have come behind all these rows.
  const shown = useComputed(() => {
    const { value: selected } = session.selected;
    const place = selected === null ? 0 : chosen.value.indexOf(selected) + 1;
    return Math.max(most.value, Math.ceil(place / ROWS_AT_A_TIME) * ROWS_AT_A_TIME);
  }).value;
  const rows = chosen.value.slice(0, shown);
  const rest = chosen.value.length - rows.length;
  return (
    <section class="list" aria-labelledby={LIST_TITLE}>
      <div class="heading">
        <h2 id={LIST_TITLE} tabIndex={-1}>
          {table.title(pictures.value.length)}
        </h2>
        <div class="row">
          {failed.value > 0 && (
            <button type="button" onClick={() => session.retry(failedOf(pictures.value))}>
              {table.retry(failed.value)}
            </button>
          )}
          <SaveMany />
          <button type="button" onClick={() => saveCsv(chosen.value, words)}>
            {table.saveCsv}
          </button>
          <button type="button" onClick={() => saveJson(chosen.value, limits.policy.value, words)}>
            {table.saveJson}
          </button>
          <button type="button" title={table.forgetHint} onClick={session.forget}>
            {table.forget}
          </button>
        </div>
      </div>
      <p class="fine">{table.kept[session.keeping.value]}</p>
      <Filters filter={filter.value} choose={(group) => (wanted.value = group)} />
      <div class="scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{table.thumbnail}</span>
              </th>
              <SortHead sorting={sorting} by="name" />
              <SortHead sorting={sorting} by="verdict" />
              <SortHead sorting={sorting} by="reason" />
              <th scope="col" class="wide">
                {table.advice}
              </th>
              <SortHead sorting={sorting} by="quality" kind="number" />
              <SortHead sorting={sorting} by="faces" kind="number" />
              <SortHead sorting={sorting} by="face" kind="number" />
              <th scope="col">
                <span class="unseen">{table.removeColumn}</span>
              </th>
            </tr>
          </thead>
          <tbody onKeyDown={moveAlong}>
            {rows.map((picture) => (
              <PictureRow key={picture.id} picture={picture} />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <button type="button" onClick={() => (most.value = shown + ROWS_AT_A_TIME)}>
          {table.more(Math.min(rest, ROWS_AT_A_TIME))}
        </button>
      )}
    </section>
  );
}

function failedOf(pictures: readonly Picture[]): readonly Picture[] {
  return pictures.filter(({ standing }) => standing.value === 'failed');
}

interface SortHeadProps {
  readonly sorting: Signal<Sorting>;
  readonly by: Column;
  readonly kind?: 'number';
}

/** The head of a column that the table can be sorted by. */
function SortHead({ sorting, by, kind }: SortHeadProps) {
  const { table } = useWords();
  const now = sorting.value?.by === by ? sorting.value : null;
  const order = now && (now.isDescending ? 'descending' : 'ascending');
  return (
    <th scope="col" class={kind} aria-sort={order ?? 'none'}>
      <button
        type="button"
        class="sort"
        onClick={() => {
          sorting.value = nextSorting(sorting.value, by);
        }}
      >
        {table.columns[by]}
        <span aria-hidden="true">{now && (now.isDescending ? ' ▾' : ' ▴')}</span>
      </button>
    </th>
  );
}

/** Arrow keys move to the next and the previous picture, and show it. */
function moveAlong(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = Array.from(event.currentTarget.querySelectorAll<HTMLButtonElement>('th button'));
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.click();
}

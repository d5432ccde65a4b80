import { useComputed, useSignal } from '@preact/signals';
import type { Picture } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { StandingIcon, standingWord, VERDICT_ID } from '../verdict/verdict.tsx';
import { reasonWords } from '../words.ts';
import { saveCsv, saveJson } from './export.ts';
import { Filters, passesFilter } from './filters.tsx';
import { adviceOf } from './rows.ts';

/** Rows that are in the page at first, and that each press of a button adds. */
const ROWS_AT_A_TIME = 250;

/** All pictures, with filters by reason and exports. */
export function PictureTable() {
  const session = useSession();
  const { pictures, limits } = session;
  const filter = useSignal<string | null>(null);
  const most = useSignal(ROWS_AT_A_TIME);
  const isBestFirst = useSignal(false);
  const chosen = useComputed(() => {
    const shown = pictures.value.filter((picture) => passesFilter(picture, filter.value));
    return isBestFirst.value ? shown.sort((a, b) => scoreOf(b) - scoreOf(a)) : shown;
  });
  const failed = useComputed(() => pictures.value.filter(({ standing }) => standing.value === 'failed'));
  const rows = chosen.value.slice(0, most.value);
  const rest = chosen.value.length - rows.length;
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="heading">
        <h2 id="list-title">{pictures.value.length} pictures</h2>
        <div class="row">
          {failed.value.length > 0 && (
            <button type="button" onClick={() => session.retry(failed.value)}>
              Try {failed.value.length} again
            </button>
          )}
          <button type="button" onClick={() => saveCsv(chosen.value)}>
            Save CSV
          </button>
          <button type="button" onClick={() => saveJson(chosen.value, limits.policy.value)}>
            Save JSON
          </button>
          <button type="button" onClick={session.clear}>
            Clear
          </button>
        </div>
      </div>
      <Filters filter={filter} />
      <div class="scroller">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">Thumbnail</span>
              </th>
              <th scope="col">Name</th>
              <th scope="col">Verdict</th>
              <th scope="col">Reason</th>
              <th scope="col" class="wide">
                Advice
              </th>
              <th scope="col" class="number" aria-sort={isBestFirst.value ? 'descending' : 'none'}>
                <button
                  type="button"
                  class="sort"
                  title={isBestFirst.value ? 'Sort as they came' : 'Sort by quality, the best first'}
                  onClick={() => {
                    isBestFirst.value = !isBestFirst.value;
                  }}
                >
                  Quality{isBestFirst.value && ' ▾'}
                </button>
              </th>
              <th scope="col" class="number">
                Faces
              </th>
              <th scope="col" class="number">
                Face
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
        <button type="button" onClick={() => (most.value += ROWS_AT_A_TIME)}>
          Show {Math.min(rest, ROWS_AT_A_TIME)} more
        </button>
      )}
    </section>
  );
}

function PictureRow({ picture }: { readonly picture: Picture }) {
  const { selected, select } = useSession();
  const isSelected = useComputed(() => selected.value === picture);
  const standing = picture.standing.value;
  const reason = picture.reason.value;
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const thumbnail = picture.thumbnail.value;
  const notes = picture.judgement.value?.checks.flatMap((check) => check.reason ?? []) ?? [];
  return (
    // The button in the row is for keyboards; the rest of the row is a larger target for pointers.
    <tr
      data-standing={standing}
      aria-current={isSelected.value}
      onClick={(event) => {
        select(picture);
        // Keys make clicks without a detail; their focus shall stay in sight.
        if (event.detail > 0) requestAnimationFrame(showVerdict);
      }}
    >
      <td>
        <span class="thumb">
          {thumbnail !== null && <img src={thumbnail} alt="" width={48} height={48} decoding="async" />}
        </span>
      </td>
      <th scope="row">
        <button type="button" class="link" title={picture.name}>
          {picture.name}
        </button>
      </th>
      <td class="standing">
        <StandingIcon standing={standing} />
        {standingWord(standing)}
      </td>
      <td>
        {reason === null ? (
          <span class="soft">{notes.map(reasonWords).join(', ')}</span>
        ) : (
          reasonWords(reason)
        )}
      </td>
      <td class="wide">{now.at === 'failed' ? now.problem.advice : adviceOf(picture.judgement.value)}</td>
      <td class="number">{inspection?.quality?.score.toFixed(1)}</td>
      <td class="number">{inspection?.faces.length}</td>
      <td class="number">{inspection?.subject && `${Math.floor(inspection.subject.workingWidth)} px`}</td>
    </tr>
  );
}

/** What a picture is sorted by: those without a score come last. */
function scoreOf({ progress }: Picture): number {
  const now = progress.value;
  return now.at === 'inspected' ? (now.inspection.quality?.score ?? -1) : -1;
}

/** On a phone the verdict is far above the table. */
function showVerdict(): void {
  document.getElementById(VERDICT_ID)?.scrollIntoView({ block: 'nearest' });
}

/** Arrow keys move to the next and the previous picture, and show it. */
function moveAlong(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = Array.from(event.currentTarget.querySelectorAll('button'));
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.click();
}

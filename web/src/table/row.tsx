import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { tellProblem } from '../api/problem.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import type { Session } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { fixableOf } from '../verdict/fixable.ts';
import { StandingIcon, VERDICT_ID } from '../verdict/verdict.tsx';
import { reasonWords } from '../words/reasons.ts';
import { adviceOf } from './rows.ts';

/** A picture's line. */
export function PictureRow({ picture }: { readonly picture: Picture }) {
  const session = useSession();
  const { selected, select, remove } = session;
  const words = useWords();
  const isSelected = useComputed(() => selected.value === picture).value;
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isSelected && line.current !== null) showInScroller(line.current);
  }, [isSelected]);
  const standing = picture.standing.value;
  const reason = picture.reason.value;
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const thumbnail = picture.thumbnail.value;
  // As texts: when a limit moves, most pictures are judged anew to the same words, and their rows are not drawn again.
  const notes = useComputed(() => {
    const found = picture.judgement.value?.checks.flatMap((check) => check.reason ?? []) ?? [];
    return found.join(' ');
  }).value;
  const advice = useComputed(() => adviceOn(picture, session)).value;
  return (
    // The button in the row is for keyboards; the rest of the row is a larger target for pointers.
    <tr
      ref={line}
      data-standing={standing}
      aria-current={isSelected}
      onClick={(event) => {
        select(picture);
        // Keys make clicks without a detail; their focus stays in sight.
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
        {words.verdict.standings[standing]}
      </td>
      <td>
        {reason === null ? (
          <span class="soft">
            {words.list(notes === '' ? [] : notes.split(' ').map((note) => reasonWords(note, words)))}
          </span>
        ) : (
          reasonWords(reason, words)
        )}
      </td>
      <td class="wide">{advice}</td>
      <td class="number">{inspection?.quality?.score.toFixed(1)}</td>
      <td class="number">{inspection?.faces.length}</td>
      <td class="number">{inspection?.subject && words.value(inspection.subject.workingWidth, 'px')}</td>
      <td>
        <button
          type="button"
          class="remove"
          aria-label={words.table.remove(picture.name)}
          title={words.table.remove(picture.name)}
          onClick={(event) => {
            // The row would show what is just going.
            event.stopPropagation();
            const row = event.currentTarget.closest('tr');
            const near = row?.nextElementSibling ?? row?.previousElementSibling;
            near?.querySelector<HTMLButtonElement>('.remove')?.focus();
            remove(picture);
          }}
        >
          <Icon name="cross" />
        </button>
      </td>
    </tr>
  );
}

/** What to do, as it stands below the verdict. */
function adviceOn(picture: Picture, session: Session): string {
  const now = picture.progress.value;
  if (now.at !== 'failed') return adviceOf(picture.judgement.value);
  const { isOffered } = fixableOf(picture, session);
  return tellProblem(now.problem, session.tongue.spoken.value, isOffered).advice;
}

/** On a phone the verdict is far above the table. */
function showVerdict(): void {
  document.getElementById(VERDICT_ID)?.scrollIntoView({ block: 'nearest' });
}

/** Scrolls the table alone: the page stays where the person looks. */
function showInScroller(line: HTMLTableRowElement): void {
  const scroller = line.closest('.scroller');
  if (scroller === null) return;
  const { top, bottom } = line.getBoundingClientRect();
  const from = scroller.getBoundingClientRect().top + scroller.clientTop;
  // The head stays in sight, above the lines.
  const head = line.closest('table')?.tHead?.offsetHeight ?? 0;
  if (top < from + head) scroller.scrollTop -= from + head - top;
  else scroller.scrollTop += Math.max(0, bottom - from - scroller.clientHeight);
}

import { useComputed } from '@preact/signals';
import { useSession, useWords } from '../session/context.ts';
import { isOpen, type Picture } from '../session/picture.ts';
import { reasonWords } from '../words/reasons.ts';

const PASSES = 'pass';
const WAITING = 'waiting';

/** Whether a picture is among those that a filter lets through; null lets all through. */
export function passesFilter(picture: Picture, filter: string | null): boolean {
  return filter === null || groupOf(picture) === filter;
}

/** Buttons for all pictures, those that pass, and one for each reason, with counts. */
export function Filters({
  filter,
  choose,
}: {
  readonly filter: string | null;
  choose(filter: string | null): void;
}) {
  const { pictures } = useSession();
  const words = useWords();
  const nameOf = (group: string) =>
    group === PASSES || group === WAITING ? words.verdict.standings[group] : reasonWords(group, words);
  const counts = useComputed(() => {
    const found = new Map<string, number>();
    for (const picture of pictures.value) found.set(groupOf(picture), (found.get(groupOf(picture)) ?? 0) + 1);
    return [...found].sort(
      ([a, many], [b, few]) => Number(b === PASSES) - Number(a === PASSES) || few - many,
    );
  });
  const button = (group: string | null, name: string, count: number) => (
    <button key={group} type="button" aria-pressed={filter === group} onClick={() => choose(group)}>
      {name} <span class="count">{count}</span>
    </button>
  );
  return (
    <fieldset class="toggles" aria-label={words.table.filter}>
      {button(null, words.table.all, pictures.value.length)}
      {counts.value.map(([group, count]) => button(group, nameOf(group), count))}
    </fieldset>
  );
}

function groupOf({ standing, reason }: Picture): string {
  if (isOpen(standing.value)) return WAITING;
  if (standing.value === 'pass') return PASSES;
  return reason.value ?? '';
}

import { type Signal, useComputed } from '@preact/signals';
import { isOpen, type Picture } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { reasonWords } from '../words.ts';

const PASSES = 'pass';
const WAITING = 'waiting';

/** Whether a picture is among those that a filter lets through; null lets all through. */
export function passesFilter(picture: Picture, filter: string | null): boolean {
  return filter === null || groupOf(picture) === filter;
}

/** Buttons for all pictures, those that pass, and one for each reason, with counts. */
export function Filters({ filter }: { readonly filter: Signal<string | null> }) {
  const { pictures } = useSession();
  const counts = useComputed(() => {
    const found = new Map<string, number>();
    for (const picture of pictures.value) found.set(groupOf(picture), (found.get(groupOf(picture)) ?? 0) + 1);
    return [...found].sort(
      ([a, many], [b, few]) => Number(b === PASSES) - Number(a === PASSES) || few - many,
    );
  });
  const button = (group: string | null, words: string, count: number) => (
    <button
      key={words}
      type="button"
      aria-pressed={filter.value === group}
      onClick={() => {
        filter.value = group;
      }}
    >
      {words} <span class="count">{count}</span>
    </button>
  );
  return (
    <fieldset class="toggles" aria-label="Show by reason">
      {button(null, 'All', pictures.value.length)}
      {counts.value.map(([group, count]) => button(group, groupWords(group), count))}
    </fieldset>
  );
}

function groupOf({ standing, reason }: Picture): string {
  if (isOpen(standing.value)) return WAITING;
  if (standing.value === 'pass') return PASSES;
  return reason.value ?? '';
}

function groupWords(group: string): string {
  if (group === PASSES) return 'Passes';
  return group === WAITING ? 'Waiting' : reasonWords(group);
}

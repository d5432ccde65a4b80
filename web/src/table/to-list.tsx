import { useSession, useWords } from '../session/context.ts';
import { LIST_TITLE } from './table.tsx';

/** The way to the list of pictures where that stands below the checks of one of them, out of sight. */
export function ToList() {
  const { pictures } = useSession();
  const { table } = useWords();
  const go = () => {
    const title = document.getElementById(LIST_TITLE);
    title?.focus({ preventScroll: true });
    title?.scrollIntoView();
  };
  return (
    <button type="button" class="quiet to-list" onClick={go}>
      {table.toList(pictures.value.length)}
    </button>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Where the parts of the page stand in one column; `stage.css` has the same width. */
const ONE_COLUMN = '(width < 900px)';

/** Whether the window is so narrow that the parts stand below one another. */
export function useIsNarrow(): boolean {
  const isNarrow = useSignal(matchMedia(ONE_COLUMN).matches);
  useEffect(() => {
    const query = matchMedia(ONE_COLUMN);
    const follow = () => {
      isNarrow.value = query.matches;
    };
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [isNarrow]);
  return isNarrow.value;
}

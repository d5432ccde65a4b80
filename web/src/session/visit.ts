/** How a visit of the page begins, and how it ends. */
import { computed, effect, type ReadonlySignal } from '@preact/signals';
import { isOpen, type Picture } from './picture.ts';

/** Whether this page was loaded again, or returned to. */
export function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}

/**
 * Has the browser ask whether the page is to be left while pictures wait, which are not kept. At other times nothing listens: some
 * browsers do not keep a page that does for going back to it.
 */
export function askBeforeLoss(pictures: ReadonlySignal<readonly Picture[]>): void {
  const isLoss = computed(() => pictures.value.some(({ standing }) => isOpen(standing.value)));
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  effect(() => {
    if (isLoss.value) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}

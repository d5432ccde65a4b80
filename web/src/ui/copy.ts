import { type ReadonlySignal, useSignal } from '@preact/signals';

/** How long a button says what it has done, in milliseconds. */
const SAID_MS = 2_000;

/** What a button for copying has to say: what it does, that it has done it, or that the browser has no clipboard. */
export type Said = 'copy' | 'copied' | 'selected';

/** Browsers have a clipboard for pages only over HTTPS or on the machine itself, and may refuse it there: in a frame, or by a setting. */
async function write(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

/** What to say now, and a function that copies a text; without a clipboard it calls `select`. */
export function useCopy(
  select: () => void,
): readonly [ReadonlySignal<Said>, (text: string) => Promise<void>] {
  const said = useSignal<Said>('copy');
  const copy = async (text: string) => {
    if (await write(text)) {
      said.value = 'copied';
    } else {
      select();
      said.value = 'selected';
    }
    setTimeout(() => {
      said.value = 'copy';
    }, SAID_MS);
  };
  return [said, copy];
}

import { useComputed, useSignal } from '@preact/signals';
import { type Packed, saveZip } from '../export/zip.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';

/** Saves the pictures that pass, and those that were fixed, each as one archive. */
export function SaveMany() {
  const { pictures } = useSession();
  const { table } = useWords();
  const passing = useComputed(() => passingOf(pictures.value).length).value;
  const fixed = useComputed(() => fixedOf(pictures.value).length).value;
  const outcome = useSignal<Packed | 'packing' | null>(null);
  const pack = async (name: string, chosen: readonly Picture[]) => {
    if (outcome.value === 'packing') return;
    outcome.value = 'packing';
    outcome.value = await saveZip(name, chosen);
  };
  return (
    <>
      {passing > 0 && (
        <button
          type="button"
          title={table.zipHint}
          onClick={() => pack('passing.zip', passingOf(pictures.value))}
        >
          {table.savePassing(passing)}
        </button>
      )}
      {fixed > 0 && (
        <button
          type="button"
          title={table.zipHint}
          onClick={() => pack('fixed.zip', fixedOf(pictures.value))}
        >
          {table.saveFixed(fixed)}
        </button>
      )}
      <p class="trouble" role="status">
        {outcome.value === null ? '' : table.packed[outcome.value]}
      </p>
    </>
  );
}

function passingOf(pictures: readonly Picture[]): readonly Picture[] {
  return pictures.filter(({ standing }) => standing.value === 'pass');
}

function fixedOf(pictures: readonly Picture[]): readonly Picture[] {
  return passingOf(pictures).filter(({ repaired }) => repaired !== null);
}

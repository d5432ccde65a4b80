import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LocalJudge } from '../api/local-judge.ts';
import { useSession, useWords } from '../session/context.ts';
import { Icon } from '../ui/icons.tsx';
import { CameraButton } from './camera.tsx';
import { GeneratorChoice } from './generator.tsx';
import { fromFiles, fromText, fromTransfer } from './transfer.ts';

/** Where the browser's dialog for files is opened from. */
const CHOOSER_ID = 'chooser';

/** Opens the browser's dialog for files. */
export function openChooser(judge: LocalJudge): void {
  judge.prepare();
  document.getElementById(CHOOSER_ID)?.click();
}

/** The ways in: choosing, an address, dropping and pasting anywhere on the page. */
export function Intake() {
  const session = useSession();
  const { intake } = useWords();
  const address = useRef<HTMLInputElement>(null);
  const dragging = useSignal(false);
  const complaint = useSignal<'badAddress' | 'noPictures' | null>(null);
  const isBad = complaint.value === 'badAddress';

  // The complaint is about what came last; whatever comes in since, by any way, is taken.
  useSignalEffect(() => {
    if (session.pictures.value.length > 0) complaint.value = null;
  });
  useEffect(() => {
    const ends = new AbortController();
    const { signal } = ends;
    const onDrag = (event: DragEvent) => {
      event.preventDefault();
      dragging.value = true;
      session.judge.prepare();
    };
    const onDrop = async (event: DragEvent) => {
      event.preventDefault();
      dragging.value = false;
      if (event.dataTransfer === null) return;
      const found = await fromTransfer(event.dataTransfer);
      session.add(found);
      if (found.length === 0) complaint.value = 'noPictures';
    };
    const onPaste = async (event: ClipboardEvent) => {
      const typing = event.target instanceof HTMLInputElement;
      if (event.clipboardData === null || (typing && event.clipboardData.files.length === 0)) return;
      const found = await fromTransfer(event.clipboardData);
      if (found.length > 0) session.add(found);
    };
    document.addEventListener('dragover', onDrag, { signal });
    document.addEventListener('drop', onDrop, { signal });
    document.addEventListener('paste', onPaste, { signal });
    document.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) dragging.value = false;
      },
      { signal },
    );
    return () => ends.abort();
  }, [session, dragging, complaint]);

  const choose = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    session.add(fromFiles(event.currentTarget.files ?? []));
    // So that choosing the same file again is a change.
    event.currentTarget.value = '';
  };
  const addAddress = (event: Event) => {
    event.preventDefault();
    const field = address.current!;
    const found = fromText(field.value);
    if (found.length === 0) {
      complaint.value = 'badAddress';
      return field.focus();
    }
    session.add(found);
    field.value = '';
  };
  return (
    <section class="intake" aria-label={intake.label}>
      <input
        id={CHOOSER_ID}
        class="unseen"
        type="file"
        multiple
        accept="image/*"
        tabIndex={-1}
        aria-hidden="true"
        onChange={choose}
      />
      <button type="button" class="primary" onClick={() => openChooser(session.judge)}>
        <Icon name="plus" /> {intake.choose}
      </button>
      <CameraButton />
      {session.service.value !== null && (
        <form onSubmit={addAddress}>
          <input
            ref={address}
            type="text"
            inputMode="url"
            aria-label={intake.address}
            placeholder={intake.addressExample}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isBad}
            onInput={() => (complaint.value = null)}
            aria-describedby="address-complaint"
          />
          <button type="submit">{intake.inspect}</button>
        </form>
      )}
      <GeneratorChoice />
      <p class="hint">{intake.hint}</p>
      <p id="address-complaint" class="complaint" role="status">
        {complaint.value === null ? '' : intake[complaint.value]}
      </p>
      {dragging.value && <div class="drop-here">{intake.dropHere}</div>}
    </section>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useSession } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { CameraButton } from './camera.tsx';
import { GeneratorChoice } from './generator.tsx';
import { fromFiles, fromText, fromTransfer } from './transfer.ts';

/** The ways in: choosing, an address, dropping and pasting anywhere on the page. */
export function Intake() {
  const session = useSession();
  const chooser = useRef<HTMLInputElement>(null);
  const address = useRef<HTMLInputElement>(null);
  const dragging = useSignal(false);
  const complaint = useSignal('');

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
      if (event.dataTransfer !== null) session.add(await fromTransfer(event.dataTransfer));
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
  }, [session, dragging]);

  const choose = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    session.add(fromFiles(event.currentTarget.files ?? []));
    // So that choosing the same file again is a change.
    event.currentTarget.value = '';
  };
  const openChooser = () => {
    session.judge.prepare();
    chooser.current?.click();
  };
  const addAddress = (event: Event) => {
    event.preventDefault();
    const field = address.current!;
    const found = fromText(field.value);
    complaint.value = found.length > 0 ? '' : 'An address starts with http:// or https://.';
    if (found.length === 0) return field.focus();
    session.add(found);
    field.value = '';
  };
  return (
    <section class="intake" aria-label="Add pictures">
      <input
        ref={chooser}
        class="unseen"
        type="file"
        multiple
        accept="image/*"
        tabIndex={-1}
        aria-hidden="true"
        onChange={choose}
      />
      <button type="button" class="primary" onClick={openChooser}>
        <Icon name="plus" /> Choose pictures
      </button>
      <CameraButton />
      {session.service.value !== null && (
        <form onSubmit={addAddress}>
          <input
            ref={address}
            type="text"
            inputMode="url"
            aria-label="Address of a picture"
            placeholder="https://… address of a picture"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={complaint.value !== ''}
            aria-describedby="address-complaint"
          />
          <button type="submit">Inspect</button>
        </form>
      )}
      <GeneratorChoice />
      <p class="hint">or drop and paste them anywhere</p>
      <p id="address-complaint" class="complaint" role="status">
        {complaint.value}
      </p>
      {dragging.value && <div class="drop-here">Drop pictures, folders or an address</div>}
    </section>
  );
}

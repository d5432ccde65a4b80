import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useSession, useWords } from '../session/context.ts';
import { Icon } from '../ui/icons.tsx';

/** Another way in: a picture of oneself. Not there where the browser lends no camera. */
export function CameraButton() {
  const open = useSignal(false);
  const { camera } = useWords();
  if (globalThis.navigator.mediaDevices?.getUserMedia === undefined) return null;
  return (
    <>
      <button type="button" onClick={() => (open.value = true)}>
        <Icon name="camera" /> {camera.open}
      </button>
      {open.value && <CameraDialog onClose={() => (open.value = false)} />}
    </>
  );
}

interface CameraDialogProps {
  readonly onClose: () => void;
}

/** The camera; what it takes goes on as any picture does. */
function CameraDialog({ onClose }: CameraDialogProps) {
  const session = useSession();
  const { camera } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const trouble = useSignal('');

  useEffect(() => {
    dialog.current?.showModal();
    let isGone = false;
    // It is loaded when it is wanted, so that the page's first sight is no heavier for it.
    const load = async () => {
      const { PortraitCapture } = await import('liveportrait-detect/capture');
      if (isGone) return;
      const capture = new PortraitCapture();
      capture.lang = session.tongue.spoken.value.language;
      capture.policy = session.limits.policy.value;
      capture.inspector = session.judge.open();
      capture.addEventListener('capture', ({ detail: { picture } }) => {
        session.add([{ name: pictureName(new Date()), source: { kind: 'file', file: picture } }]);
        dialog.current?.close();
      });
      // "Try again" asks no judge that did not load, or has stopped: the element starts one of its own then.
      capture.addEventListener('trouble', ({ detail }) => {
        if (detail.trouble === 'unavailable') capture.inspector = null;
      });
      place.current?.append(capture);
      void capture.start();
    };
    load().catch(() => {
      trouble.value = camera.notLoaded;
    });
    return () => {
      isGone = true;
      place.current?.replaceChildren();
    };
    // The words are those of its beginning: the switch cannot be reached while the dialog is open.
  }, [session, trouble]);

  return (
    <dialog ref={dialog} class="camera" aria-labelledby="camera-title" onClose={onClose}>
      <div class="heading">
        <h2 id="camera-title">{camera.title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {camera.close}
        </button>
      </div>
      <p class="trouble" role="status">
        {trouble.value}
      </p>
      <div ref={place} />
      <p class="fine">{camera.privacy}</p>
    </dialog>
  );
}

/** "camera 2026-11-28 19.30.05.jpg", by this place's clock. */
function pictureName(now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  return `camera ${day} ${time}.jpg`;
}

import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { tellProblem } from '../api/problem.ts';
import { useSession, useWords } from '../session/context.ts';

/** Makes a key where the service was cloned; the name is the reader's own to choose. */
const MAKE_KEY = ['npx', 'liveportrait-detect', 'keys', 'create', '--name', 'you'];

/** Asks for a key, and goes on only with one that the service takes. */
export function KeyDialog() {
  const { key } = useSession();
  const spoken = useWords();
  const words = spoken.key;
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const remember = useSignal(key.remembered.value);
  const trying = useSignal(false);
  const wanted = key.wanted.value;
  const told = wanted && tellProblem(wanted, spoken);

  useEffect(() => {
    if (wanted !== null && dialog.current?.open === false) dialog.current.showModal();
    if (wanted === null) dialog.current?.close();
  }, [wanted]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const input = field.current!;
    trying.value = true;
    const refusal = await key.offer(input.value.trim(), remember.value);
    trying.value = false;
    if (refusal === null) input.value = '';
    else {
      key.wanted.value = refusal;
      input.focus();
    }
  };
  return (
    <dialog ref={dialog} class="key" aria-labelledby="key-title" onClose={() => (key.wanted.value = null)}>
      <form onSubmit={submit}>
        <h2 id="key-title">{told?.title}</h2>
        <p id="key-why" role="status">
          {told && spoken.core.join([told.what, told.advice])}
        </p>
        <label>
          {words.label}
          <input
            ref={field}
            name="key"
            type="password"
            required
            autocomplete="off"
            spellcheck={false}
            aria-describedby="key-why"
          />
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={remember.value}
            onChange={(event) => (remember.value = event.currentTarget.checked)}
          />
          {words.remember}
        </label>
        <p class="fine">
          {words.own}{' '}
          <code>
            {MAKE_KEY.map((word, at) => (
              <Fragment key={word}>
                {at > 0 && ' '}
                <span>{word}</span>
              </Fragment>
            ))}
          </code>
        </p>
        <div class="row">
          <button type="submit" class="primary" disabled={trying.value}>
            {trying.value ? words.trying : words.use}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.notNow}
          </button>
        </div>
      </form>
    </dialog>
  );
}

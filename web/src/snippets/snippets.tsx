import { useSignal } from '@preact/signals';
import type { Picture } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { LANGUAGES, type Language, snippet } from './writers.ts';

/** How long "Copied" is shown, in milliseconds. */
const COPIED_MS = 2_000;

/** The same request, to copy. */
export function Snippets({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const language = useSignal<Language>('curl');
  const copied = useSignal(false);
  const { source } = picture;
  const code = snippet(language.value, {
    origin: location.origin,
    picture: source.kind === 'url' ? { url: source.url } : { file: picture.name },
    policy: limits.moved.value,
  });
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, COPIED_MS);
  };
  return (
    <section class="snippets" aria-labelledby="snippets-title">
      <div class="heading">
        <h2 id="snippets-title">The same request</h2>
        <div class="toggles" role="toolbar" aria-label="Language">
          {LANGUAGES.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={language.value === name}
              onClick={() => {
                language.value = name;
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <button type="button" class="quiet" onClick={copy}>
          <Icon name="copy" /> <span role="status">{copied.value ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboards must be able to */}
      <pre tabIndex={0} aria-label={`The request in ${language.value}`}>
        <code>{code}</code>
      </pre>
    </section>
  );
}

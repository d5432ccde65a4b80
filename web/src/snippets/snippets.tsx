import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Picture } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { LANGUAGES, type Language, snippet } from './writers.ts';

/** How long the button says what it has done, in milliseconds. */
const SAID_MS = 2_000;
const READY = 'Copy';

/** The same request, to copy. */
export function Snippets({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const language = useSignal<Language>('curl');
  const said = useSignal(READY);
  const listing = useRef<HTMLPreElement>(null);
  const { source } = picture;
  const code = snippet(language.value, {
    origin: new URL('.', document.baseURI).href.replace(/\/$/, ''),
    picture: source.kind === 'url' ? { url: source.url } : { file: picture.name },
    policy: limits.asked.value,
  });
  const copy = async () => {
    // Browsers have a clipboard for pages only over HTTPS or on the machine itself.
    if ('clipboard' in navigator) {
      await navigator.clipboard.writeText(code);
      said.value = 'Copied';
    } else {
      getSelection()?.selectAllChildren(listing.current!);
      said.value = 'Selected: press Ctrl+C';
    }
    setTimeout(() => {
      said.value = READY;
    }, SAID_MS);
  };
  return (
    <section class="snippets" aria-labelledby="snippets-title">
      <div class="heading">
        <h2 id="snippets-title">The same request</h2>
        <fieldset class="toggles" aria-label="Language">
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
        </fieldset>
        <button type="button" class="quiet" onClick={copy}>
          <Icon name="copy" /> {said.value}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboards must be able to */}
      <pre ref={listing} tabIndex={0}>
        <code>{code}</code>
      </pre>
      <p class="unseen" role="status">
        {said.value === READY ? '' : said.value}
      </p>
    </section>
  );
}

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import { useCopy } from '../ui/copy.ts';
import { Icon } from '../ui/icons.tsx';
import { LANGUAGES, type Language, snippet } from './writers.ts';

/** The same request, to copy. */
export function Snippets({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const { snippets } = useWords();
  const language = useSignal<Language>('curl');
  const listing = useRef<HTMLPreElement>(null);
  const [said, copy] = useCopy(() => getSelection()?.selectAllChildren(listing.current!));
  const { source } = picture;
  const code = snippet(language.value, {
    origin: new URL('.', document.baseURI).href.replace(/\/$/, ''),
    picture: source.kind === 'url' ? { url: source.url } : { file: picture.name },
    policy: limits.asked.value,
  });
  return (
    <section class="snippets" aria-labelledby="snippets-title">
      <div class="heading">
        <h2 id="snippets-title">{snippets.title}</h2>
        <fieldset class="toggles" aria-label={snippets.language}>
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
        <button type="button" class="quiet" onClick={() => copy(code)}>
          <Icon name="copy" /> {snippets[said.value]}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboards must be able to */}
      <pre ref={listing} tabIndex={0}>
        <code>{code}</code>
      </pre>
      <p class="unseen" role="status">
        {said.value === 'copy' ? '' : snippets[said.value]}
      </p>
    </section>
  );
}

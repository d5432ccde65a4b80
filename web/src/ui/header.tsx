import { LANGUAGES } from '../../../src/core/words/catalogue.ts';
import { problem } from '../api/problem.ts';
import { useSession, useWords } from '../session/context.ts';
import { PAGE_WORDS } from '../words/catalogue.ts';
import { Icon } from './icons.tsx';

/** The name of the page, its language, the way to the API, and the key. */
export function Header() {
  const { service, goHome } = useSession();
  const { header, language } = useWords();
  return (
    <header class="top">
      <h1>
        <button type="button" class="home" aria-label={header.home} onClick={goHome}>
          liveportrait-detect
        </button>{' '}
        <span class="tagline">{header.tagline}</span>
      </h1>
      <LanguageSwitch />
      {service.value !== null && (
        <nav aria-label={header.service}>
          <a href={`docs/?lang=${language}`}>API</a>
          <KeyButton />
        </nav>
      )}
    </header>
  );
}

function LanguageSwitch() {
  const { tongue } = useSession();
  const { header, language } = useWords();
  return (
    <fieldset class="toggles" aria-label={header.language}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          onClick={() => tongue.choose(each)}
        >
          {PAGE_WORDS[each].name}
        </button>
      ))}
    </fieldset>
  );
}

function KeyButton() {
  const { key } = useSession();
  const { header } = useWords();
  if (key.value.value === '') {
    return (
      <button
        type="button"
        class="quiet"
        onClick={() => {
          key.wanted.value = problem('key.missing');
        }}
      >
        <Icon name="key" /> {header.enterKey}
      </button>
    );
  }
  return (
    <button type="button" class="quiet" onClick={key.forget} title={header.forgetKeyHint}>
      <Icon name="key" /> {header.forgetKey}
    </button>
  );
}

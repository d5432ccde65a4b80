/** The page's languages, and which of them a person reads. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import {
  DEFAULT_LANGUAGE,
  LANGUAGES,
  type Language,
  languageOf,
  wordsIn,
} from '../../../src/core/words/catalogue.ts';
import type { Words } from '../../../src/core/words/words.ts';
import { storageOf } from '../session/storage.ts';
import { EN } from './en.ts';
import type { PageWords } from './words.ts';
import { ZH_CN } from './zh-cn.ts';

/** The page's words by language. */
export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en: EN, 'zh-CN': ZH_CN };

/** The name under which browsers keep the language that was chosen. */
const STORED_AS = 'liveportrait-detect.language';

/** All that is said in a language: the page's words, and the core's. */
export interface Spoken extends PageWords {
  readonly language: Language;
  readonly core: Words;
}

/** The language of the page. */
export interface Tongue {
  readonly spoken: ReadonlySignal<Spoken>;
  /** Chooses a language, which this browser remembers. */
  choose(language: Language): void;
}

/** All words of a language. */
export function spokenIn(language: Language): Spoken {
  return { ...PAGE_WORDS[language], language, core: wordsIn(language) };
}

/** The language that was chosen last; otherwise the first that the browser asks for and that there are words in. */
export function createTongue(): Tongue {
  const language = signal(chosenLast() ?? asked(navigator.languages));
  return {
    spoken: computed(() => spokenIn(language.value)),
    choose(chosen) {
      storageOf('localStorage')?.setItem(STORED_AS, chosen);
      language.value = chosen;
    },
  };
}

function chosenLast(): Language | undefined {
  const chosen = storageOf('localStorage')?.getItem(STORED_AS);
  return LANGUAGES.find((language) => language === chosen);
}

/** The first of some tags that there are words in. */
export function asked(tags: readonly string[]): Language {
  return tags.map(languageOf).find((language) => language !== undefined) ?? DEFAULT_LANGUAGE;
}

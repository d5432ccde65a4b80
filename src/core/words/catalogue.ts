/** All languages, and which of them a person is told things in. */
import { DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';
import { EN } from './en/words.ts';
import type { Words } from './words.ts';
import { ZH_CN } from './zh-cn/words.ts';

/** The core's words by language. A further language is its folder and a line here; the compiler names what else it needs. */
export const WORDS = { en: EN, 'zh-CN': ZH_CN } as const satisfies Readonly<Record<string, Words>>;

/** A language that there are words in, as a BCP 47 tag. */
export type Language = keyof typeof WORDS;

/** All of them. */
export const LANGUAGES = Object.keys(WORDS) as readonly Language[];

/** What is spoken where nobody asked for a language that there is. */
export const DEFAULT_LANGUAGE: Language = 'en';

/** The words of a language. */
export function wordsIn(language: Language): Words {
  return WORDS[language];
}

/**
 * The language of a tag: the same one, or another way of writing the same language. Readers of `zh-TW` can read `zh-CN`, and
 * rather do than English.
 *
 * @param tag a BCP 47 tag, such as `zh-Hans-SG`, in any case; underscores are taken for hyphens
 * @returns undefined where there is none
 */
export function languageOf(tag: string): Language | undefined {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return (
    LANGUAGES.find((language) => language.toLowerCase() === tag.toLowerCase()) ??
    LANGUAGES.find((language) => language.split('-')[0] === primary)
  );
}

/**
 * A language that somebody chose by its tag.
 *
 * @throws DetectError `option.invalid`, naming those that there are
 */
export function checkLanguage(tag: string): Language {
  const language = languageOf(tag);
  if (language !== undefined) return language;
  throw new DetectError(
    'option.invalid',
    fill(SERVICE_DETAILS.noLanguage, { tag: JSON.stringify(tag), tags: LANGUAGES.join(' or ') }),
  );
}

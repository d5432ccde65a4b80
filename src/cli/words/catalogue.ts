/** The words of the command line, and the language that a call asks for. */
import { checkLanguage, DEFAULT_LANGUAGE, type Language, languageOf } from '../../core/words/catalogue.ts';
import { EN } from './en/words.ts';
import type { CliWords } from './words.ts';
import { ZH_CN } from './zh-cn/words.ts';

const WORDS: Readonly<Record<Language, CliWords>> = { en: EN, 'zh-CN': ZH_CN };

/** The option that names a language. */
export const LANG_FLAG = '--lang';

/** The command line's words in a language. */
export function cliWordsIn(language: Language): CliWords {
  return WORDS[language];
}

/** What a locale's variables say, in POSIX's order: the first one that is set counts. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** Locales that write in another code than ours: what we print would not be readable there. */
const FOREIGN_CODE = /\.(?!utf-?8(?:@|$))/i;

/**
 * The language that a call asks for: by `--lang`, or by the locale. A locale that there are no words for is English.
 *
 * @throws DetectError `option.invalid` for a language that `--lang` names and that there are no words in
 */
export function languageOfCall(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const named = optionValue(LANG_FLAG, args);
  if (named !== undefined) return checkLanguage(named);
  const locale = VARIABLES.map((name) => env[name]).find((value) => value) ?? '';
  if (FOREIGN_CODE.test(locale)) return DEFAULT_LANGUAGE;
  return languageOf(locale.replace(/[.@].*$/, '')) ?? DEFAULT_LANGUAGE;
}

/** The value of an option, as far as it stands before `--`; the parser of the whole call comes later, and in that language. */
function optionValue(flag: string, args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const at = options.findLastIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  const found = options[at];
  return found === flag ? options[at + 1] : found?.slice(flag.length + 1);
}

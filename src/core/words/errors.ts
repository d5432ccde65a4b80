/** What the catalogue of errors tells people, by language: the only part of it that is not the vendor's. */
import { CATALOGUE, type ErrorCode } from '../../errors.ts';
import type { Language } from './catalogue.ts';
import { LOCAL } from './zh-cn/errors/local.ts';
import { PICTURES } from './zh-cn/errors/pictures.ts';
import { REQUESTS } from './zh-cn/errors/requests.ts';
import { UPSTREAM } from './zh-cn/errors/upstream.ts';

/** What is told of an error. */
export interface ErrorWords {
  /** When it happens. */
  readonly when: string;
  /** What the person who sees it can do. */
  readonly advice: string;
}

const ERROR_WORDS: Readonly<Record<Language, Readonly<Record<ErrorCode, ErrorWords>>>> = {
  en: CATALOGUE,
  'zh-CN': { ...REQUESTS, ...PICTURES, ...LOCAL, ...UPSTREAM },
};

/** What is told of an error in a language. */
export function errorWords(code: ErrorCode, language: Language): ErrorWords {
  return ERROR_WORDS[language][code];
}

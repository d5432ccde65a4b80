import { DEFAULT_LANGUAGE, languageOf } from '../core/words/catalogue.ts';
import { sentenceOf, sentences } from '../core/words/sentences.ts';
import { CORE } from '../core/words/zh-cn/details/core.ts';
import { CORE_DETAILS } from '../errors/core-details.ts';

/** All that can be said of a policy; the other details would make the element twice as heavy. */
const CHINESE = sentences(CORE_DETAILS, CORE);

/** What is wrong with a policy, in the language of a tag. */
export function policyProblemIn(tag: string, message: string): string {
  const language = languageOf(tag) ?? DEFAULT_LANGUAGE;
  return (language === 'zh-CN' && sentenceOf(CHINESE, message)) || message;
}

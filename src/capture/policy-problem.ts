import { DEFAULT_LANGUAGE, languageOf } from '../core/words/catalogue.ts';
import { sentenceOf, sentences } from '../core/words/sentences.ts';
import { CORE } from '../core/words/zh-cn/details/core.ts';
import { CORE_DETAILS } from '../errors/core-details.ts';
import { DetectError } from '../errors.ts';

/** All that can be said of a policy; the other details would make the element twice as heavy. */
const CHINESE = sentences(CORE_DETAILS, CORE);

/** What is wrong with a policy, in the language of a tag; empty where an error is about something else. */
export function policyProblemIn(tag: string, error: unknown): string {
  if (!(error instanceof DetectError) || error.code !== 'policy.invalid') return '';
  const { message } = error;
  const language = languageOf(tag) ?? DEFAULT_LANGUAGE;
  return (language === 'zh-CN' && sentenceOf(CHINESE, message)) || message;
}

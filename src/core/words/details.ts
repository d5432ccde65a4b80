/** What an error says of its own case, in a reader's language. */

import {
  CATALOGUE,
  CLIENT_DETAILS,
  COMMAND_DETAILS,
  CORE_DETAILS,
  DAMAGE_DETAILS,
  type DetectError,
  DOWNLOAD_DETAILS,
  type ErrorCode,
  REQUEST_DETAILS,
  SERVICE_DETAILS,
} from '../../errors.ts';
import type { Language } from './catalogue.ts';
import { errorWords } from './errors.ts';
import { type Sentence, sentenceOf, sentences } from './sentences.ts';
import { CLIENTS } from './zh-cn/details/clients.ts';
import { COMMANDS } from './zh-cn/details/commands.ts';
import { CORE } from './zh-cn/details/core.ts';
import { DAMAGE } from './zh-cn/details/damage.ts';
import { DOWNLOADS } from './zh-cn/details/downloads.ts';
import { flawedOptionIn } from './zh-cn/details/options.ts';
import { REQUESTS } from './zh-cn/details/requests.ts';
import { SERVICE } from './zh-cn/details/service.ts';

/** All sentences in Chinese. The more exact ones stand first: "The file …" is meant before "{called} …". */
const CHINESE: readonly Sentence[] = [
  ...sentences(CORE_DETAILS, CORE),
  ...sentences(DAMAGE_DETAILS, DAMAGE),
  ...sentences(DOWNLOAD_DETAILS, DOWNLOADS),
  ...sentences(REQUEST_DETAILS, REQUESTS),
  ...sentences(SERVICE_DETAILS, SERVICE),
  ...sentences(CLIENT_DETAILS, CLIENTS),
  ...sentences(COMMAND_DETAILS, COMMANDS),
];

/** What an error says in a language: of its own case where it has a sentence for that, of its kind otherwise. */
export function messageIn(
  language: Language,
  { code, message }: Pick<DetectError, 'code' | 'message'>,
): string {
  return message === CATALOGUE[code].when
    ? errorWords(code, language).when
    : detailIn(language, message, code);
}

/** What an error of the key of the first start has in front of its sentence. */
const FIRST_KEY = /^LPD_BOOTSTRAP_KEY: /;

/**
 * The message of an error in a language. It is known by its English text, wherever that came from: another process, or a
 * service, which puts the vendor's sentence in front of it.
 *
 * @returns the message itself where no catalogue has it, such as what another program said
 */
export function detailIn(language: Language, message: string, code?: ErrorCode): string {
  if (language === 'en') return message;
  const vendors = code === undefined ? '' : `${CATALOGUE[code].message} `;
  const english = vendors !== '' && message.startsWith(vendors) ? message.slice(vendors.length) : message;
  const [firstKey = ''] = FIRST_KEY.exec(english) ?? [];
  if (firstKey !== '')
    return `${firstKey.trim().replace(':', '：')}${detailIn(language, english.slice(firstKey.length))}`;
  return pairIn(english) ?? sentenceIn(english) ?? flawedOptionIn(english) ?? message;
}

function sentenceIn(english: string): string | undefined {
  return sentenceOf(CHINESE, english);
}

/** Two sentences on end: why neither of two ways is open. */
function pairIn(english: string): string | undefined {
  const at = english.indexOf('. ') + 1;
  if (at === 0) return undefined;
  const [first, second] = [sentenceIn(english.slice(0, at)), sentenceIn(english.slice(at + 1))];
  return first === undefined || second === undefined ? undefined : first + second;
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { DEFAULT_LANGUAGE, type Language, languageOf } from '../core/words/catalogue.ts';
import { varyBy } from './vary.ts';

/** The language that a request asks for by `Accept-Language`, as far as there are words in it; English otherwise. */
export function languageFor({ headers }: FastifyRequest): Language {
  for (const tag of new Negotiator({ headers }).languages()) {
    const language = languageOf(tag);
    if (language !== undefined) return language;
  }
  return DEFAULT_LANGUAGE;
}

/** Says which language an answer is in, and that it goes by what was asked for. */
export function tellLanguage(reply: FastifyReply, language: Language): void {
  reply.header('content-language', language);
  varyBy(reply, 'accept-language');
}

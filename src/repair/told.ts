import { DEFAULT_LANGUAGE, type Language } from '../core/words/catalogue.ts';
import { messageIn } from '../core/words/details.ts';
import type { Repair } from './repair.ts';

/**
 * What came of a repair as JSON tells it, on the command line and by the service: all but the picture itself.
 *
 * @param language of the message of a refusal; English, for whoever reports it, if left out
 */
export function toldRepair(
  { picture, steps, reason, advice, before, refusal, faces }: Repair,
  language: Language = DEFAULT_LANGUAGE,
) {
  return {
    pass: picture !== null,
    reason,
    advice,
    steps,
    faces,
    refusal: refusal && { code: refusal.code, message: messageIn(language, refusal) },
    before,
    after: picture?.inspection ?? null,
  };
}

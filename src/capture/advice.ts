import type { PageFormat } from '../browser/protocol.ts';
import { inLanguage } from '../core/checks/in-language.ts';
import type { Inspection } from '../core/inspection.ts';
import { DEFAULT_LANGUAGE, languageOf } from '../core/words/catalogue.ts';

/** What the first check that refuses a frame advises, in the language of a tag; empty where none does. */
export function adviceIn(tag: string, inspection: Inspection<PageFormat>): string {
  const { checks } = inLanguage(inspection, languageOf(tag) ?? DEFAULT_LANGUAGE);
  return checks.find(({ status, advisory }) => status === 'fail' && !advisory)?.advice ?? '';
}

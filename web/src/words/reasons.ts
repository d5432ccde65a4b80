import type { Spoken } from './catalogue.ts';
import { failureOf } from './failures.ts';

/** A reason in two or three words: of a check, or of a failure. */
export function reasonWords(token: string, { core, failures }: Spoken): string {
  const reasons: Readonly<Record<string, string | undefined>> = core.reasons;
  return reasons[token] ?? failures[failureOf(token)].title;
}

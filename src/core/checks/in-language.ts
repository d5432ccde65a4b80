import type { Inspection } from '../inspection.ts';
import { type Language, wordsIn } from '../words/catalogue.ts';
import { adviceOn } from './rule.ts';
import { RULES } from './rules.ts';

/**
 * An inspection with its advice in a language; nothing else of it is in words. Advice follows from what was measured, so nothing is
 * looked at again, and an inspection that was made in one language can be shown in any.
 */
export function inLanguage<Inspected extends Inspection<unknown>>(
  inspection: Inspected,
  language: Language,
): Inspected {
  const words = wordsIn(language);
  const checks = inspection.checks.map((check) => {
    const rule = RULES.find(({ id }) => id === check.id);
    return rule ? { ...check, advice: adviceOn(rule, check, inspection, words) } : check;
  });
  return { ...inspection, checks };
}

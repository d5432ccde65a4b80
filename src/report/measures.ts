/** What was measured of a picture, each value on a line with its limit in the middle. */
import { RULES } from '../core/checks/rules.ts';
import type { Check, Inspection } from '../core/inspection.ts';
import { type Language, wordsIn } from '../core/words/catalogue.ts';
import { numbersIn } from '../core/words/numbers.ts';
import { escapeHtml } from './html.ts';
import { reportWordsIn } from './words.ts';

const NUMBERS = { en: numbersIn('en-GB'), 'zh-CN': numbersIn('zh-CN') } as const satisfies Record<
  Language,
  unknown
>;

/** Length of a line in its own units; the limit stands in the middle, and what is beyond twice the limit at the end. */
const LENGTH = 100;

/** All checks that had something to measure, folded away. Empty where there are none. */
export function measures({ checks }: Inspection, language: Language): string {
  const rows = checks.map((check) => row(check, language)).join('');
  if (rows === '') return '';
  return `<details><summary>${reportWordsIn(language).measures}</summary><table>${rows}</table></details>`;
}

function row(check: Check, language: Language): string {
  const { id, value, limit, unit, status } = check;
  if (value === null || limit === null) return '';
  const names: Readonly<Record<string, string>> = wordsIn(language).checks;
  const bound = RULES.find((rule) => rule.id === id)?.good === 'atLeast' ? '≥' : '≤';
  const at = limit > 0 ? Math.min(LENGTH, Math.max(0, (value / limit) * (LENGTH / 2))) : LENGTH;
  const { told, allowed } = inWords(value, limit, unit, language);
  return `<tr data-status="${status}"><th scope="row">${escapeHtml(names[id] ?? id)}</th><td><svg viewBox="0 0 ${LENGTH} 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${at.toFixed(1)}" height="8"/><path d="M${LENGTH / 2} 0V8"/></svg></td><td>${escapeHtml(told)}</td><td>${bound} ${escapeHtml(allowed)}</td></tr>`;
}

/** A value and its limit with the unit's sign, and as many decimals as tell them apart. */
function inWords(value: number, limit: number, unit: string, language: Language) {
  const numbers = NUMBERS[language];
  const kind =
    unit === 'degrees' ? 'degrees' : ['share', 'probability', 'luma'].includes(unit) ? 'percent' : 'number';
  const sign = unit === 'px' ? ' px' : '';
  return { told: `${numbers[kind](value, limit)}${sign}`, allowed: `${numbers.limit[kind](limit)}${sign}` };
}

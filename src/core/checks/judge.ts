import type { Check, CheckReason } from '../inspection.ts';
import { DEFAULT_LANGUAGE, wordsIn } from '../words/catalogue.ts';
import type { Words } from '../words/words.ts';
import type { Policy } from './policy.ts';
import type { Evidence } from './rule.ts';
import { isAsked, runRule } from './rule.ts';
import { type KnownRule, RULES } from './rules.ts';

/** The verdict on a picture. */
export interface Judgement {
  readonly checks: readonly Check[];
  readonly pass: boolean;
  /** The reason of the first check that fails the picture; null for a pass. */
  readonly reason: CheckReason | null;
}

/**
 * Runs every check that the policy asks for, in the order of the list, and takes the first that fails the picture for its reason.
 *
 * @param words those of the advice; English if left out
 * @param rules the checks; the project's own list if left out
 */
export function judge(
  evidence: Evidence,
  policy: Policy,
  words: Words = wordsIn(DEFAULT_LANGUAGE),
  rules: readonly KnownRule[] = RULES,
): Judgement {
  const checks: Check[] = [];
  let first: Check | undefined;
  for (const rule of rules) {
    if (!isAsked(rule, policy)) continue;
    const check = runRule(rule, evidence, policy, words);
    checks.push(check);
    if (check.status === 'fail' && !check.advisory) first ??= check;
  }
  return { checks, pass: first === undefined, reason: first?.reason ?? null };
}

/** The check that gave a verdict its reason; undefined for a pass. */
export function decidingCheck({ checks, reason }: Omit<Judgement, 'pass'>): Check | undefined {
  return checks.find((check) => check.reason !== null && check.reason === reason);
}

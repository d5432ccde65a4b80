import type { Body, Check, CheckReason, Face, ImageInfo, Subject } from '../inspection.ts';
import type { AdviceWords, CheckId, Words } from '../words/words.ts';
import type { LimitName } from './limits.ts';
import { LIMITS } from './limits.ts';
import type { Policy } from './policy.ts';

/** What a check may look at. */
export interface Evidence {
  readonly image: ImageInfo<unknown>;
  /** All faces, the largest first. */
  readonly faces: readonly Face[];
  readonly subject: Subject | null;
  /** The largest body; left out where nobody looked for one. */
  readonly body?: Body;
}

/** A check, as its file declares it. */
export interface Rule {
  /** Its name in the inspection. */
  readonly id: CheckId;
  /** The token of its failure. */
  readonly reason: CheckReason;
  /** The limit that its value is held against. */
  readonly limit: LimitName;
  /** Which side of the limit is good; the limit itself is good. */
  readonly good: 'atLeast' | 'atMost';
  /** True when its failure does not fail the picture, unless the policy enforces it. */
  readonly advisory?: boolean;
  /** True for a check that only some generators ask for: it is not run while its limit is at its default. */
  readonly optional?: boolean;
  /** True for a check of the body, which is looked for only where such a check is asked for. */
  readonly ofBody?: boolean;
  /** The measured value in the limit's unit; null where it cannot be known. */
  value(evidence: Evidence): number | null;
  /** What was measured, what is needed and what to do, for the person who can do it: its entry in the catalogue of words. */
  advice(words: AdviceWords, value: number, limit: number, evidence: Evidence): string;
}

/**
 * A probability so near its limit may be on either side: of labelled faces held out whose cover was so uncertain, close to half
 * were on the wrong one.
 */
const UNSURE_WITHIN = 0.15;

/** Whether a policy asks for a check; it does for all that are not optional. */
export function isAsked({ optional, limit }: Rule, policy: Policy): boolean {
  return optional !== true || policy[limit] !== LIMITS[limit].default;
}

/** Holds a rule's value against the policy, and says in words what came of it. */
export function runRule(rule: Rule, evidence: Evidence, policy: Policy, words: Words): Check {
  const value = rule.value(evidence);
  const limit = policy[rule.limit];
  const known = value !== null && Number.isFinite(value);
  const good = known && (rule.good === 'atLeast' ? value >= limit : value <= limit);
  const { unit } = LIMITS[rule.limit];
  const check = {
    id: rule.id,
    value: known ? value : null,
    unit,
    limit,
    status: known ? (good ? 'pass' : 'fail') : 'unknown',
    reason: known && !good ? rule.reason : null,
    unsure: known && unit === 'probability' && Math.abs(value - limit) < UNSURE_WITHIN,
    advisory: rule.advisory === true && !policy.enforce.includes(rule.id),
  } as const;
  const { advisory, unsure, ...before } = check;
  return { ...before, advice: adviceOn(rule, check, evidence, words), unsure, advisory };
}

/** What a check's outcome is told as. */
export function adviceOn(
  rule: Rule,
  { value, limit, status, unsure }: Pick<Check, 'value' | 'limit' | 'status' | 'unsure'>,
  evidence: Evidence,
  words: Words,
): string {
  if (value === null || limit === null) return '';
  if (status === 'pass') return unsure ? words.passNotSure(rule.id, value, limit) : '';
  const advice = rule.advice(words.advice, value, limit, evidence);
  return unsure ? words.join([advice, words.notSure]) : advice;
}

/** Width of a face over the picture's long edge, 0 to 1 and, where it reaches outside, more. */
export function spanOf({ box }: Face, { uprightWidth, uprightHeight }: ImageInfo<unknown>): number {
  return box.width / Math.max(uprightWidth, uprightHeight);
}

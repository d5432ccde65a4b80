import type { Body, Check, CheckStatus, Face, ImageInfo, Subject } from '../inspection.ts';
import type { Words } from '../words/words.ts';
import type { Policy } from './policy.ts';
import type { KnownRule } from './rules.ts';

/** What a check may look at. */
export interface Evidence {
  readonly image: ImageInfo<unknown>;
  /** All faces, the largest first. */
  readonly faces: readonly Face[];
  readonly subject: Subject | null;
  /** The largest body; left out where nobody looked for one. */
  readonly body?: Body;
}

/** A limit of the policy: its default, the range in which it makes sense, and where the number is from. */
export interface LimitDefinition {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** One sentence: what the limit decides. */
  readonly meaning: string;
  /** Where the default comes from. */
  readonly source: string;
}

/** Where a limit's default is that of no limit: only some generators ask for it, and no other picture is measured by it. */
export const OFF = 'No limit: LivePortrait asks for none. Generators that do are in docs/presets.md.';

/** A check, as its file declares it. Names, limits and reasons of the project are those that the rules have. */
export interface Rule {
  /** Its name in the inspection. */
  readonly id: string;
  /** The token of its failure; several checks may share one. */
  readonly reason: `${'face' | 'image' | 'body'}.${string}`;
  /** The name of the limit that its value is held against; no two checks share one. */
  readonly limit: string;
  readonly bounds: LimitDefinition;
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
  /** What its advice tells beside the value and the limit; the words of each language take it as a third argument. */
  told?(evidence: Evidence): unknown;
}

/**
 * A probability so near its limit may be on either side: of labelled faces held out whose cover was so uncertain, close to half
 * were on the wrong one.
 */
const UNSURE_WITHIN = 0.15;

/** Whether a policy asks for a check; it does for all that are not optional. */
export function isAsked({ optional, limit, bounds }: KnownRule, policy: Policy): boolean {
  return optional !== true || policy[limit] !== bounds.default;
}

/** Holds a rule's value against the policy, and says in words what came of it. */
export function runRule(rule: KnownRule, evidence: Evidence, policy: Policy, words: Words): Check {
  const measured = rule.value(evidence);
  const value = measured !== null && Number.isFinite(measured) ? measured : null;
  const { unit } = rule.bounds;
  const limit = policy[rule.limit];
  const status = statusOf(value, limit, rule.good);
  const unsure = value !== null && unit === 'probability' && Math.abs(value - limit) < UNSURE_WITHIN;
  return {
    id: rule.id,
    value,
    unit,
    limit,
    status,
    reason: status === 'fail' ? rule.reason : null,
    advice: adviceOn(rule, { value, limit, status, unsure }, evidence, words),
    unsure,
    advisory: rule.advisory === true && !policy.enforce.includes(rule.id),
  };
}

function statusOf(value: number | null, limit: number, good: Rule['good']): CheckStatus {
  if (value === null) return 'unknown';
  return (good === 'atLeast' ? value >= limit : value <= limit) ? 'pass' : 'fail';
}

/** What a check's outcome is told as. */
export function adviceOn(
  rule: KnownRule,
  { value, limit, status, unsure }: Pick<Check, 'value' | 'limit' | 'status' | 'unsure'>,
  evidence: Evidence,
  words: Words,
): string {
  if (value === null || limit === null) return '';
  if (status === 'pass') return unsure ? words.passNotSure(rule.id, value, limit) : '';
  // What a rule tells is of the type that its entry takes: the entry's type is made from the rule's.
  const tell = words.advice[rule.id] as (value: number, limit: number, told: unknown) => string;
  const advice = tell(value, limit, rule.told?.(evidence));
  return unsure ? words.join([advice, words.notSure]) : advice;
}

/** Width of a face over the picture's long edge, 0 to 1 and, where it reaches outside, more. */
export function spanOf({ box }: Face, { uprightWidth, uprightHeight }: ImageInfo<unknown>): number {
  return box.width / Math.max(uprightWidth, uprightHeight);
}

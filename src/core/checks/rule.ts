import type { Body, Check, CheckReason, Face, ImageInfo, Subject } from '../inspection.ts';
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
  readonly id: string;
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
  /** One sentence for the person who can mend it: what was measured, what is needed, what to do. */
  advice(value: number, limit: number, evidence: Evidence): string;
}

/**
 * A probability so near its limit may be on either side: of labelled faces held out whose cover was so uncertain, close to half
 * were on the wrong one.
 */
const UNSURE_WITHIN = 0.15;

/** What is added to the advice then, … */
const NOT_SURE = 'This is not sure: look at the picture yourself.';

/** … and what is told of a pass. */
function unsurePass(id: string, value: number, limit: number): string {
  const found = `${percent(value, limit)}, limit ${percent(limit)}`;
  return `The check "${id}" passes, but that is not sure (${found}): look at the picture yourself.`;
}

/** Whether a policy asks for a check; it does for all that are not optional. */
export function isAsked({ optional, limit }: Rule, policy: Policy): boolean {
  return optional !== true || policy[limit] !== LIMITS[limit].default;
}

/** Holds a rule's value against the policy. */
export function runRule(rule: Rule, evidence: Evidence, policy: Policy): Check {
  const value = rule.value(evidence);
  const limit = policy[rule.limit];
  const known = value !== null && Number.isFinite(value);
  const good = known && (rule.good === 'atLeast' ? value >= limit : value <= limit);
  const fails = known && !good;
  const { unit } = LIMITS[rule.limit];
  const unsure = known && unit === 'probability' && Math.abs(value - limit) < UNSURE_WITHIN;
  let advice = fails ? rule.advice(value, limit, evidence) : '';
  if (unsure) advice = fails ? `${advice} ${NOT_SURE}` : unsurePass(rule.id, value, limit);
  return {
    id: rule.id,
    value: known ? value : null,
    unit,
    limit,
    status: known ? (good ? 'pass' : 'fail') : 'unknown',
    reason: fails ? rule.reason : null,
    advice,
    unsure,
    advisory: rule.advisory === true && !policy.enforce.includes(rule.id),
  };
}

/** A share or probability as people read it; told apart from its limit where that is given. */
export function percent(value: number, limit = Number.NaN): string {
  return `${rounded(value * 100, limit * 100)} %`;
}

/** Most decimals of a number in advice. */
const MOST_DECIMALS = 3;

/** A whole number, or with as many decimals as tell it from its limit: "50° (limit 50°)" helps nobody. */
export function rounded(value: number, limit: number): string {
  let decimals = 0;
  while (decimals < MOST_DECIMALS && value.toFixed(decimals) === limit.toFixed(decimals)) decimals++;
  return value.toFixed(decimals);
}

/** Width of a face over the picture's long edge, 0 to 1 and, where it reaches outside, more. */
export function spanOf({ box }: Face, { uprightWidth, uprightHeight }: ImageInfo<unknown>): number {
  return box.width / Math.max(uprightWidth, uprightHeight);
}

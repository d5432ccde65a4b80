import { LIMITS } from '../core/checks/limits.ts';
import type { Policy } from '../core/checks/policy.ts';
import { isAsked, type Rule } from '../core/checks/rule.ts';
import { RULES } from '../core/checks/rules.ts';
import type { Judged } from './tally.ts';

/** One limit of a check, and what it would do. */
export interface CurvePoint {
  readonly limit: number;
  /** Share of the pictures that should pass which the check would refuse, 0 to 1. */
  readonly falseAlarms: number;
  /** Share of the pictures that should fail which the check would refuse by itself, 0 to 1. */
  readonly caught: number;
}

/** What a check would do at other limits. */
export interface Curve {
  readonly id: string;
  readonly limit: Rule['limit'];
  readonly unit: string;
  /** The limit in force, and what it does. */
  readonly now: CurvePoint;
  /** From the most lenient limit to the strictest. */
  readonly points: readonly CurvePoint[];
}

/** A limit that is proposed for a wanted rate of false alarms. */
export interface Proposal extends CurvePoint {
  readonly id: string;
  readonly name: Rule['limit'];
  readonly now: CurvePoint;
}

/** How many limits are tried, at most, spread evenly over the values that occur. */
const STEPS = 200;

/** For each check that the policy asks for, what every limit would do on these pictures. Pictures without a value count as not refused. */
export function curves(judged: readonly Judged[], policy: Policy): Curve[] {
  return RULES.filter((rule) => isAsked(rule, policy)).map((rule) => {
    const valuesOf = (expected: Judged['expected']) =>
      judged.filter((item) => item.expected === expected).map((item) => item.values[rule.id] ?? null);
    const good = valuesOf('pass');
    const bad = valuesOf('fail');
    const refuses = (limit: number) => (value: number | null) =>
      value !== null && (rule.good === 'atLeast' ? value < limit : value > limit);
    const point = (limit: number): CurvePoint => ({
      limit,
      falseAlarms: share(good, refuses(limit)),
      caught: share(bad, refuses(limit)),
    });
    return {
      id: rule.id,
      limit: rule.limit,
      unit: LIMITS[rule.limit].unit,
      now: point(policy[rule.limit]),
      points: candidates([...good, ...bad], rule.good).map(point),
    };
  });
}

/**
 * For each check the strictest limit that refuses at most a wanted share of the pictures that should pass.
 *
 * @param falseAlarms 0 to 1
 */
export function sweep(all: readonly Curve[], falseAlarms: number): Proposal[] {
  return all.flatMap(({ id, limit: name, now, points }) => {
    const best = points.findLast((point) => point.falseAlarms <= falseAlarms);
    return best ? [{ id, name, now, ...best }] : [];
  });
}

function share(values: readonly (number | null)[], test: (value: number | null) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

/** Values that occur, the most lenient first, thinned out evenly. */
function candidates(values: readonly (number | null)[], good: Rule['good']): number[] {
  const known = [...new Set(values.filter((value) => value !== null))].sort((a, b) =>
    good === 'atLeast' ? a - b : b - a,
  );
  const step = Math.max(1, known.length / STEPS);
  return known.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

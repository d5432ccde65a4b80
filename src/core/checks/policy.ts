import { CORE_DETAILS, DetectError, fill } from '../../errors.ts';
import { LIMITS, type LimitName } from './limits.ts';
import type { Preset } from './preset.ts';
import { presetOf } from './presets.ts';

/** Every limit by its name, and the advisory checks that fail a picture after all. */
export type Policy = Readonly<Record<LimitName, number>> & {
  /** Ids of advisory checks that are enforced. */
  readonly enforce: readonly string[];
  /** The generator that the pictures are for: a preset's name (docs/presets.md). */
  readonly for: string;
};

/** Some limits by name; the rest keep their defaults, or those of the preset that `for` names. */
export type PolicyOverrides = Partial<Policy>;

/** The policy with every limit at its default. */
export const DEFAULT_POLICY: Policy = {
  ...(Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.default])) as Record<
    LimitName,
    number
  >),
  enforce: [],
  for: 'liveportrait',
};

/**
 * A policy from overrides that may come from anywhere: a file, a request, a caller.
 *
 * @param overrides an object with limits by name, `enforce`, a list of ids of advisory checks, and `for`, a preset's name:
 *                  its limits come first, and the others override them
 * @param base      what is overridden; the defaults if left out
 * @param advisory  the ids that `enforce` may name
 * @throws DetectError `policy.invalid`, naming the entry and its range
 */
export function parsePolicy(
  overrides: unknown,
  advisory: readonly string[],
  base: Policy = DEFAULT_POLICY,
): Policy {
  if (overrides === undefined || overrides === null) return base;
  if (typeof overrides !== 'object' || Array.isArray(overrides)) {
    throw new DetectError('policy.invalid', CORE_DETAILS.noPolicy);
  }
  const { for: name, ...limits } = overrides as Record<string, unknown>;
  const policy: Record<string, unknown> = {
    ...(name === undefined ? base : policyFor(presetOf(name), base)),
  };
  for (const [limit, value] of Object.entries(limits)) {
    policy[limit] = limit === 'enforce' ? parseEnforce(value, advisory) : parseLimit(limit, value);
  }
  return policy as unknown as Policy;
}

/** A policy with the limits of a preset. Those of the preset that it was for before go, and all others stay. */
function policyFor(preset: Preset, base: Policy): Policy {
  const former = presetOf(base.for);
  const wanted = Object.keys(preset.enforce);
  const kept = base.enforce.filter((id) => !Object.hasOwn(former.enforce, id) && !wanted.includes(id));
  return {
    ...base,
    ...limitsOf(former, (name, value) => (base[name] === value ? LIMITS[name].default : base[name])),
    ...limitsOf(preset, (_, value) => value),
    enforce: [...kept, ...wanted],
    for: preset.name,
  };
}

function limitsOf({ limits }: Preset, toValue: (name: LimitName, value: number) => number) {
  const entries = Object.entries(limits).map(([name, { value }]) => [
    name,
    toValue(name as LimitName, value),
  ]);
  return Object.fromEntries(entries) as Partial<Record<LimitName, number>>;
}

/** Characters of an unknown name that the message repeats. */
const MOST_SHOWN = 64;

function parseLimit(name: string, value: unknown): number {
  if (!Object.hasOwn(LIMITS, name)) {
    const known = [...Object.keys(LIMITS), 'enforce', 'for'].join(', ');
    throw new DetectError(
      'policy.invalid',
      fill(CORE_DETAILS.noLimit, { name: JSON.stringify(name.slice(0, MOST_SHOWN)), names: known }),
    );
  }
  const { min, max } = LIMITS[name as LimitName];
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new DetectError('policy.invalid', fill(CORE_DETAILS.limitRange, { name, least: min, most: max }));
  }
  return value;
}

function parseEnforce(value: unknown, advisory: readonly string[]): readonly string[] {
  const isShort = Array.isArray(value) && value.length <= advisory.length;
  if (!isShort || !value.every((id) => advisory.includes(id))) {
    throw new DetectError('policy.invalid', fill(CORE_DETAILS.enforce, { names: advisory.join(', ') }));
  }
  return value;
}

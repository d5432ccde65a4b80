import { DetectError } from '../../errors.ts';
import { LIMITS, type LimitName } from './limits.ts';

/** Every limit by its name, and the advisory checks that fail a picture after all. */
export type Policy = Readonly<Record<LimitName, number>> & {
  /** Ids of advisory checks that are enforced. */
  readonly enforce: readonly string[];
};

/** Some limits by name; the rest keep their defaults. */
export type PolicyOverrides = Partial<Policy>;

/** The policy with every limit at its default. */
export const DEFAULT_POLICY: Policy = {
  ...(Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.default])) as Record<
    LimitName,
    number
  >),
  enforce: [],
};

/**
 * A policy from overrides that may come from anywhere: a file, a request, a caller.
 *
 * @param overrides an object with limits by name, and `enforce`, a list of ids of advisory checks
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
    throw new DetectError('policy.invalid', 'A policy is an object: limits by their names.');
  }
  const policy: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(overrides)) {
    policy[name] = name === 'enforce' ? parseEnforce(value, advisory) : parseLimit(name, value);
  }
  return policy as unknown as Policy;
}

/** Characters of an unknown name that the message repeats. */
const MOST_SHOWN = 64;

function parseLimit(name: string, value: unknown): number {
  if (!Object.hasOwn(LIMITS, name)) {
    const known = [...Object.keys(LIMITS), 'enforce'].join(', ');
    throw new DetectError(
      'policy.invalid',
      `The policy has no limit ${JSON.stringify(name.slice(0, MOST_SHOWN))}; there are: ${known}.`,
    );
  }
  const { min, max } = LIMITS[name as LimitName];
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new DetectError('policy.invalid', `${name} must be a number from ${min} to ${max}.`);
  }
  return value;
}

function parseEnforce(value: unknown, advisory: readonly string[]): readonly string[] {
  const isShort = Array.isArray(value) && value.length <= advisory.length;
  if (!isShort || !value.every((id) => advisory.includes(id))) {
    throw new DetectError('policy.invalid', `enforce must be a list of: ${advisory.join(', ')}.`);
  }
  return value;
}

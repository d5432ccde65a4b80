/** The limits that pictures are judged by: the service's own, and what the person has moved. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LimitName } from '../../../src/core/checks/limits.ts';
import { DEFAULT_POLICY, type Policy, type PolicyOverrides } from '../../../src/core/checks/policy.ts';
import { RULES } from '../../../src/core/checks/rules.ts';
import type { Check } from '../../../src/core/inspection.ts';

/** The policy of the page. */
export interface Limits {
  /** The service's own; its defaults until the first inspection tells. */
  readonly base: ReadonlySignal<Policy>;
  /** What differs from it. */
  readonly moved: Signal<PolicyOverrides>;
  /** What holds. */
  readonly policy: ReadonlySignal<Policy>;
  /** Learns the service's own limits from an inspection that was judged by them. */
  learn(checks: readonly Check[]): void;
  /** Moves one limit. */
  move(limit: LimitName, value: number): void;
  /** Lets an advisory check fail pictures, or not. */
  enforce(id: string, on: boolean): void;
  /** Back to the service's own. */
  reset(): void;
}

/** Limits that start at the defaults. */
export function createLimits(): Limits {
  const base = signal<Policy>(DEFAULT_POLICY);
  const moved = signal<PolicyOverrides>({});
  const policy = computed<Policy>(() => ({ ...base.value, ...moved.value }));
  const change = (overrides: PolicyOverrides) => {
    moved.value = difference({ ...policy.value, ...overrides }, base.value);
  };
  return {
    base,
    moved,
    policy,
    learn(checks) {
      const learnt = policyOf(checks);
      if (JSON.stringify(learnt) !== JSON.stringify(base.value)) base.value = learnt;
    },
    move: (limit, value) => change({ [limit]: value }),
    enforce: (id, on) => {
      const others = policy.value.enforce.filter((other) => other !== id);
      change({ enforce: on ? [...others, id] : others });
    },
    reset: () => {
      moved.value = {};
    },
  };
}

/** The policy that judged these checks. */
function policyOf(checks: readonly Check[]): Policy {
  const limits: Partial<Record<LimitName, number>> = {};
  const enforce: string[] = [];
  for (const rule of RULES) {
    const check = checks.find(({ id }) => id === rule.id);
    if (check === undefined || check.limit === null) continue;
    limits[rule.limit] = check.limit;
    if (rule.advisory === true && !check.advisory) enforce.push(rule.id);
  }
  return { ...DEFAULT_POLICY, ...limits, enforce };
}

/** What of a policy differs from a base. */
function difference(policy: Policy, base: Policy): PolicyOverrides {
  const same = (a: unknown, b: unknown) =>
    Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((id) => b.includes(id)) : a === b;
  const entries = Object.entries(policy).filter(([name, value]) => !same(value, base[name as LimitName]));
  return Object.fromEntries(entries);
}

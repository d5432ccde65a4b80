/** The limits that pictures are judged by: the service's own, those of a generator, and what the person has moved. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LimitName } from '../../../src/core/checks/limits.ts';
import {
  DEFAULT_POLICY,
  type Policy,
  type PolicyOverrides,
  parsePolicy,
} from '../../../src/core/checks/policy.ts';
import { PRESET_NAMES } from '../../../src/core/checks/presets.ts';
import { ADVISORY } from '../../../src/core/checks/rules.ts';
import { storageOf } from './storage.ts';

/** The name under which browsers keep the generator that was chosen. */
const STORED_AS = 'liveportrait-detect.for';

/** The policy of the page. */
export interface Limits {
  /** The service's own; the defaults where there is none, or until it has told. */
  readonly base: ReadonlySignal<Policy>;
  /** The generator that the pictures are for: a preset's name. */
  readonly generator: ReadonlySignal<string>;
  /** Those of the generator, before anything was moved. */
  readonly preset: ReadonlySignal<Policy>;
  /** What the person has moved. */
  readonly moved: Signal<PolicyOverrides>;
  /** What a request would have to say to be judged the same. */
  readonly asked: ReadonlySignal<PolicyOverrides>;
  /** What holds. */
  readonly policy: ReadonlySignal<Policy>;
  /** Takes what a request would say, as a link carries it. The browser does not remember a generator that came so. */
  take(asked: PolicyOverrides): void;
  /** Takes over the service's own limits. */
  adopt(policy: Policy): void;
  /** Chooses a generator, which this browser remembers; limits that were moved stay so. */
  choose(generator: string): void;
  /** Moves one limit. */
  move(limit: LimitName, value: number): void;
  /** Lets an advisory check fail pictures, or not. */
  enforce(id: string, on: boolean): void;
  /** Back to the generator's own. */
  reset(): void;
}

/** Limits that start at the defaults of the generator that was chosen last, or of the service's own. */
export function createLimits(): Limits {
  const base = signal<Policy>(DEFAULT_POLICY);
  const chosen = signal(chosenLast());
  // What nobody has chosen is the service's own.
  const generator = computed(() => chosen.value ?? base.value.for);
  const preset = computed(() => parsePolicy({ for: generator.value }, ADVISORY, base.value));
  const moved = signal<PolicyOverrides>({});
  const policy = computed<Policy>(() => ({ ...preset.value, ...moved.value }));
  const change = (overrides: PolicyOverrides) => {
    moved.value = difference({ ...policy.value, ...overrides }, preset.value);
  };
  const adopt = (policy: Policy) => {
    if (JSON.stringify(policy) !== JSON.stringify(base.value)) base.value = policy;
  };
  return {
    base,
    generator,
    preset,
    moved,
    take: ({ for: name, ...overrides }) => {
      // A link says so only where it is another one than the service's own.
      chosen.value = name ?? null;
      moved.value = difference({ ...preset.value, ...overrides }, preset.value);
    },
    asked: computed(() => ({
      ...(generator.value !== base.value.for && { for: generator.value }),
      ...moved.value,
    })),
    policy,
    choose: (name) => {
      const lasting = storageOf('localStorage');
      const isOwn = name === base.value.for;
      if (isOwn) lasting?.removeItem(STORED_AS);
      else lasting?.setItem(STORED_AS, name);
      chosen.value = isOwn ? null : name;
    },
    adopt,
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

function chosenLast(): string | null {
  const name = storageOf('localStorage')?.getItem(STORED_AS) ?? '';
  // An older page may have known others.
  return PRESET_NAMES.includes(name) ? name : null;
}

/** What of a policy differs from a base. */
function difference(policy: Policy, base: Policy): PolicyOverrides {
  const same = (a: unknown, b: unknown) =>
    Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((id) => b.includes(id)) : a === b;
  const entries = Object.entries(policy).filter(([name, value]) => !same(value, base[name as LimitName]));
  return Object.fromEntries(entries);
}

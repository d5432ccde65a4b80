/** What the page's address carries behind its `#`, which is never sent: the limits, so that a link or a reload brings them back. */
import { type PolicyOverrides, parsePolicy } from '../../../src/core/checks/policy.ts';
import { ADVISORY } from '../../../src/core/checks/rules.ts';

/** Longest text of limits that is read, in characters: all limits at their longest take less. */
const LONGEST = 2_000;
const NUMBER = /^\d{1,6}(?:\.\d{1,6})?$/;

/** The limits of an address: none, some, or something else in their place. */
export type AddressLimits =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly overrides: PolicyOverrides }
  | { readonly kind: 'strange' };

/** What the part of an address behind `#` says. */
export function readAddress(hash: string): {
  readonly key: string | null;
  readonly limits: AddressLimits;
} {
  const entries = new URLSearchParams(hash.replace(/^#/, ''));
  const limits = entries.getAll('limits');
  const [text] = limits;
  return {
    key: entries.get('key'),
    limits: text === undefined ? { kind: 'none' } : limits.length > 1 ? { kind: 'strange' } : parse(text),
  };
}

/** What an address has behind `#` for some limits: `#limits=for:hallo,maxYaw:40,enforce:eyes`; empty for none. */
export function hashOf({ for: name, enforce, ...limits }: PolicyOverrides): string {
  const entries = [
    ...(name === undefined ? [] : [`for:${name}`]),
    ...Object.entries(limits).map(([limit, value]) => `${limit}:${value}`),
    // An empty list says that nothing is enforced that the generator would enforce.
    ...(enforce === undefined ? [] : [`enforce:${enforce.join('+')}`]),
  ];
  return entries.length === 0 ? '' : `#limits=${entries.join(',').replaceAll('+', '%2B')}`;
}

function parse(text: string): AddressLimits {
  const strange = { kind: 'strange' } as const;
  if (text.length > LONGEST) return strange;
  const found = new Map<string, unknown>();
  for (const entry of text.split(',')) {
    const [name = '', value, ...more] = entry.split(':');
    if (value === undefined || more.length > 0 || found.has(name)) return strange;
    if (name === 'for') found.set(name, value);
    else if (name === 'enforce') found.set(name, value === '' ? [] : value.split('+'));
    else if (NUMBER.test(value)) found.set(name, Number(value));
    else return strange;
  }
  try {
    // Its entries are its own, `__proto__` too, which is no limit.
    const overrides: PolicyOverrides = Object.fromEntries(found);
    parsePolicy(overrides, ADVISORY);
    return { kind: 'some', overrides };
  } catch {
    return strange;
  }
}

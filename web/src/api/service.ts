/** The service behind the page, if there is one: the same page lies on hosts that have none. */
import { DEFAULT_POLICY, type Policy, parsePolicy } from '../../../src/core/checks/policy.ts';
import { ADVISORY } from '../../../src/core/checks/rules.ts';

/** What the page wants to know of its service. */
export interface Service {
  /** The limits that it judges by. */
  readonly policy: Policy;
}

/**
 * Looks for a service. A host without one answers with the file that the build lays there, which says so.
 *
 * @returns null where there is none, or it cannot be reached now, or its limits mean nothing to this page
 */
export async function findService(): Promise<Service | null> {
  try {
    const response = await fetch('service.json', { signal: AbortSignal.timeout(5_000) });
    const { service } = response.ok ? await response.json() : { service: null };
    return service && { policy: policyOf(service.policy) };
  } catch {
    return null;
  }
}

/** While a service is renewed, another release may have told it: limits that one of the two lacks are this page's own, or left out. */
function policyOf(told: Policy): Policy {
  const known = Object.entries(told).filter(([name]) => Object.hasOwn(DEFAULT_POLICY, name));
  return parsePolicy(Object.fromEntries(known), ADVISORY);
}

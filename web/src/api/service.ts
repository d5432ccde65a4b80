/** The service behind the page, if there is one: the same page lies on hosts that have none. */
import type { Policy } from '../../../src/core/checks/policy.ts';

/** What the page wants to know of its service. */
export interface Service {
  /** The limits that it judges by. */
  readonly policy: Policy;
}

/**
 * Looks for a service. A host without one answers with the file that the build lays there, which says so.
 *
 * @returns null where there is none, or it cannot be reached now
 */
export async function findService(): Promise<Service | null> {
  try {
    const response = await fetch('service.json', { signal: AbortSignal.timeout(5_000) });
    return response.ok ? (await response.json()).service : null;
  } catch {
    return null;
  }
}

import { createDnsResolver, type Resolver, systemResolver } from './dns.ts';
import type { Guard } from './guard.ts';
import type { Target } from './url.ts';

/**
 * The resolver for a target: the system's for names that the operator opened, which it alone may know; name servers for
 * all others, those of one label too. Strangers choose among the others, and below a `*.` that the operator opened.
 *
 * @param opened whether the allow-list names the target
 */
export function resolverFor(opened: boolean): Resolver {
  return opened ? systemResolver : createDnsResolver();
}

/**
 * The addresses of a target, every one of them checked: one bad address among good ones refuses the whole
 * answer, since it is luck which of them is connected to. What is returned is what must be connected to; a
 * second look-up could say something else.
 *
 * @throws {TargetRefused} and whatever the resolver throws
 */
export async function resolveTarget(
  target: Target,
  guard: Guard,
  resolver: Resolver,
  signal: AbortSignal,
): Promise<readonly string[]> {
  guard.checkTarget(target);
  const addresses = target.literal ? [target.host] : await resolver(target.host, signal);
  if (addresses.length === 0) throw new Error(`${target.host} has no address`);
  for (const address of addresses) guard.checkAddress(target, address);
  return addresses;
}

import { lookup } from 'node:dns/promises';
import type { Guard } from './guard.ts';
import type { Target } from './url.ts';

/**
 * Looks a host name up: all its addresses, in the order in which to try them. It rejects if there are none, and
 * should give up when the signal is aborted.
 */
export type Resolver = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/**
 * The system's resolver (getaddrinfo), with its hosts file and search domains. IPv4 first: few picture servers
 * have only IPv6, and few containers have a way to it.
 */
export const systemResolver: Resolver = async (host) => {
  const answers = await lookup(host, { all: true, order: 'ipv4first' });
  return answers.map(({ address }) => address);
};

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

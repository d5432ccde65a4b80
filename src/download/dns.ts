import { Resolver as DnsClient, lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks a host name up: all its addresses, in the order in which to try them. It rejects if there are none, and
 * gives up when the signal is aborted, if it can.
 */
export type Resolver = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/** How long the answer for one family waits for the other's (RFC 8305, section 3, asks for 50 ms). */
const OTHER_FAMILY_MS = 50;

/**
 * The system's resolver (getaddrinfo), with its hosts file and search domains: for names that the operator gives.
 * Node runs two of its look-ups at a time, can't end them, and has the upstream, PostgreSQL and S3 wait behind them, so
 * names that strangers choose must not get here.
 */
export const systemResolver: Resolver = async (host) => {
  const answers = await lookup(host, { all: true, order: 'ipv4first' });
  return answers.map(({ address }) => address);
};

/**
 * A resolver that asks the name servers itself, any number of names at a time, and stops when told to. IPv4 comes
 * first: few picture servers have only IPv6, and few containers have a way to it.
 *
 * @param servers addresses of name servers, with or without a port; the system's by default
 */
export function createDnsResolver(servers?: readonly string[]): Resolver {
  return async (host, signal) => {
    signal.throwIfAborted();
    // One client a look-up: to end one is to end all of a client's, and a new one reads the system's settings anew.
    const client = new DnsClient();
    if (servers) client.setServers(servers);
    const cancel = (): void => client.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await bothFamilies(client.resolve4(host), client.resolve6(host));
    } finally {
      signal.removeEventListener('abort', cancel);
      client.cancel();
    }
  };
}

/** The addresses of both families; of one, if the other has none or is late. Rejects if both fail. */
async function bothFamilies(ipv4: Promise<string[]>, ipv6: Promise<string[]>): Promise<string[]> {
  await Promise.any([ipv4, ipv6]).catch(({ errors }: AggregateError) => {
    throw errors[0];
  });
  const none = (): string[] => [];
  const unlessLate = (family: Promise<string[]>): Promise<string[]> =>
    Promise.race([family.catch(none), sleep(OTHER_FAMILY_MS).then(none)]);
  return (await Promise.all([unlessLate(ipv4), unlessLate(ipv6)])).flat();
}

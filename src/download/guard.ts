import { networkInterfaces } from 'node:os';
import { type AddressRule, refusingRule } from './address.ts';
import { ALLOW_VARIABLE, type AllowList } from './allow.ts';
import { contains, parseAddress, parseCidr } from './cidr.ts';
import { isBadPort, privateSuffix } from './names.ts';
import { TargetRefused } from './refusal.ts';
import type { Target } from './url.ts';

/** Where this very service listens: downloading from there would be a loop of requests. */
export interface Self {
  /** The ports that the service listens on, as they are now. */
  readonly ports: () => readonly number[];
  /** The addresses of this machine; those of its network interfaces by default. */
  readonly addresses?: () => readonly string[];
}

/** The gates that stand before every look-up and every connection. They have no switch. */
export interface Guard {
  /** The name and port gates. @throws {TargetRefused} */
  checkTarget(target: Target): void;
  /** The address gate, for an address that stands in the URL, was looked up, or is connected to. @throws {TargetRefused} */
  checkAddress(target: Target, ip: string): void;
}

const NAT64 = parseCidr('64:ff9b::/96')!;
const LOOPBACK = ['127.0.0.0/8', '::1/128'].map((block) => parseCidr(block)!);

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

/**
 * Builds the guard from what the operator opened and where the service itself listens.
 *
 * @param variable that holds the list, for the log
 */
export function createGuard(allow: AllowList, self?: Self, variable: string = ALLOW_VARIABLE): Guard {
  const isSelf = ({ port }: Target, ip: string): boolean => {
    const address = parseAddress(ip);
    if (!address || !self?.ports().includes(port)) return false;
    const own = (self.addresses ?? interfaceAddresses)().map(parseAddress);
    return (
      LOOPBACK.some((block) => contains(block, address)) ||
      own.some((other) => other?.family === address.family && other.bits === address.bits)
    );
  };

  const checkAddress = (target: Target, ip: string): void => {
    const isLasting = target.literal;
    if (isSelf(target, ip)) {
      throw new TargetRefused(`address refused: ${target.host} is this service itself`, { isLasting });
    }
    const rule = refusingRule(ip);
    if (!rule) return;
    if (!allow.opensAddress(target, ip, rule))
      throw new TargetRefused(addressMessage(target, rule, variable), { isLasting });
    // Opening NAT64 opens a way to the IPv4 Internet, not to the private addresses that it can carry, too.
    const embedded = embeddedIPv4(ip);
    if (embedded !== null) checkAddress(target, embedded);
  };

  return {
    checkAddress,
    checkTarget(target) {
      if (isBadPort(target.port)) {
        const place = `${target.host}:${target.port}`;
        throw new TargetRefused(`port refused: ${place} is a port of another protocol`, { isLasting: true });
      }
      const suffix = privateSuffix(target.host);
      if (suffix !== null && !allow.opensName(target)) {
        const hint = `${variable}=${target.host} opens it`;
        const why = `${target.host} is a private name (.${suffix}); ${hint}`;
        throw new TargetRefused(`name refused: ${why}`, { isLasting: true });
      }
    },
  };
}

function embeddedIPv4(ip: string): string | null {
  const address = parseAddress(ip);
  if (!address || !contains(NAT64, address)) return null;
  return [24n, 16n, 8n, 0n].map((shift) => (address.bits >> shift) & 0xffn).join('.');
}

function addressMessage(target: Target, rule: AddressRule, variable: string): string {
  const where = `${target.host} is not public: ${rule.name} (${rule.block}, ${rule.source})`;
  // A name opens private addresses only; an address in the URL is its own entry.
  const opener = rule.kind === 'private' || target.literal ? target.host : '<its address>';
  return `address refused: ${where}; ${variable}=${opener} opens it`;
}

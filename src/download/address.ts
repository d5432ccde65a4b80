import { type Address, type Cidr, contains, parseAddress, parseCidr } from './cidr.ts';

/**
 * How dangerous a refused address is, which decides what may open it (see `allow.ts`):
 * `private` is where somebody's own hosts live, `special` has no hosts that serve pictures, and `metadata` is
 * where a cloud hands out credentials.
 */
export type AddressKind = 'private' | 'special' | 'metadata';

/** A block that is never downloaded from unless the operator opens it. */
export interface AddressRule {
  /** The block; null for a rule that is no prefix. */
  readonly cidr: Cidr | null;
  /** The block as text, for people. */
  readonly block: string;
  readonly kind: AddressKind;
  readonly name: string;
  /** The document that takes the block out of the public Internet. */
  readonly source: string;
}

/**
 * The refused blocks, as in IANA's special-purpose registries for IPv4 and IPv6, and the addresses at which
 * clouds serve credentials to whoever asks. The first rule that holds an address names it, so the narrow ones
 * come first. What lies in no block is public for IPv4; for IPv6 only `2000::/3` is.
 */
const BLOCKS: readonly (readonly [block: string, kind: AddressKind, name: string, source: string])[] = [
  ['168.63.129.16/32', 'metadata', 'Azure WireServer', 'Azure documentation'],
  ['100.100.100.200/32', 'metadata', 'Alibaba Cloud metadata', 'Alibaba Cloud ECS documentation'],
  ['192.0.0.192/32', 'metadata', 'Oracle Cloud metadata', 'Oracle Cloud documentation'],
  ['169.254.169.254/32', 'metadata', 'cloud metadata', 'AWS, Google Cloud and Azure documentation'],
  ['169.254.170.2/32', 'metadata', 'AWS container credentials', 'AWS ECS documentation'],
  ['169.254.170.23/32', 'metadata', 'AWS pod identity', 'AWS EKS documentation'],
  ['fd00:ec2::254/128', 'metadata', 'AWS metadata', 'AWS EC2 documentation'],
  ['fd00:ec2::23/128', 'metadata', 'AWS pod identity', 'AWS EKS documentation'],
  ['fd20:ce::254/128', 'metadata', 'Google Cloud metadata', 'Google Cloud documentation'],

  ['0.0.0.0/8', 'special', 'this network', 'RFC 791'],
  ['10.0.0.0/8', 'private', 'private use', 'RFC 1918'],
  ['100.64.0.0/10', 'private', 'shared address space', 'RFC 6598'],
  ['127.0.0.0/8', 'private', 'loopback', 'RFC 1122'],
  ['169.254.0.0/16', 'special', 'link-local', 'RFC 3927'],
  ['172.16.0.0/12', 'private', 'private use', 'RFC 1918'],
  ['192.0.0.0/24', 'special', 'IETF protocol assignments', 'RFC 6890'],
  ['192.0.2.0/24', 'special', 'documentation', 'RFC 5737'],
  ['192.88.99.0/24', 'special', '6to4 relay anycast', 'RFC 7526'],
  ['192.168.0.0/16', 'private', 'private use', 'RFC 1918'],
  ['198.18.0.0/15', 'special', 'benchmarking', 'RFC 2544'],
  ['198.51.100.0/24', 'special', 'documentation', 'RFC 5737'],
  ['203.0.113.0/24', 'special', 'documentation', 'RFC 5737'],
  ['224.0.0.0/4', 'special', 'multicast', 'RFC 5771'],
  ['255.255.255.255/32', 'special', 'limited broadcast', 'RFC 919'],
  ['240.0.0.0/4', 'special', 'reserved', 'RFC 1112'],

  ['::/128', 'special', 'unspecified', 'RFC 4291'],
  ['::1/128', 'private', 'loopback', 'RFC 4291'],
  ['::/96', 'special', 'IPv4-compatible', 'RFC 4291'],
  ['::ffff:0:0/96', 'special', 'IPv4-mapped', 'RFC 4291'],
  ['::ffff:0:0:0/96', 'special', 'IPv4-translated', 'RFC 2765'],
  ['64:ff9b::/96', 'special', 'NAT64', 'RFC 6052'],
  ['64:ff9b:1::/48', 'special', 'local-use NAT64', 'RFC 8215'],
  ['100::/64', 'special', 'discard-only', 'RFC 6666'],
  ['100:0:0:1::/64', 'special', 'dummy prefix', 'RFC 9780'],
  ['2001::/32', 'special', 'Teredo', 'RFC 4380'],
  ['2001:2::/48', 'special', 'benchmarking', 'RFC 5180'],
  ['2001:10::/28', 'special', 'ORCHID', 'RFC 4843'],
  ['2001:20::/28', 'special', 'ORCHIDv2', 'RFC 7343'],
  ['2001::/23', 'special', 'IETF protocol assignments', 'RFC 2928'],
  ['2001:db8::/32', 'special', 'documentation', 'RFC 3849'],
  ['2002::/16', 'special', '6to4', 'RFC 3056'],
  ['3fff::/20', 'special', 'documentation', 'RFC 9637'],
  ['5f00::/16', 'special', 'segment routing', 'RFC 9602'],
  ['fc00::/7', 'private', 'unique local', 'RFC 4193'],
  ['fe80::/10', 'special', 'link-local', 'RFC 4291'],
  ['fec0::/10', 'special', 'site-local', 'RFC 3879'],
  ['ff00::/8', 'special', 'multicast', 'RFC 4291'],
];

/** The refused blocks in the order in which they are looked at. */
export const ADDRESS_RULES: readonly AddressRule[] = BLOCKS.map(([block, kind, name, source]) => {
  return { cidr: parseCidr(block)!, block, kind, name, source };
});

/** The only part of IPv6 that is handed out to networks (RFC 4291, IANA's IPv6 address space). */
const GLOBAL_UNICAST = parseCidr('2000::/3')!;

const NOT_GLOBAL: AddressRule = {
  cidr: null,
  block: 'outside 2000::/3',
  kind: 'special',
  name: 'not global unicast',
  source: 'RFC 4291',
};

/** An interface identifier that tunnels to the IPv4 address behind it, under any prefix. */
const ISATAP: AddressRule = {
  cidr: null,
  block: '::[0200:]5efe:0:0',
  kind: 'special',
  name: 'ISATAP',
  source: 'RFC 5214',
};
/** Bits 64 to 95 of an ISATAP address; the universal/local bit may be set or not. */
const ISATAP_MARKS: readonly bigint[] = [0x0000_5efen, 0x0200_5efen];

const MALFORMED: AddressRule = {
  cidr: null,
  block: 'no IP address',
  kind: 'special',
  name: 'malformed',
  source: 'RFC 4291',
};

function isIsatap(address: Address): boolean {
  return address.family === 6 && ISATAP_MARKS.includes((address.bits >> 32n) & 0xffff_ffffn);
}

/**
 * The rule that keeps an address off limits, or null for a public one. Pure: no look-up, no system call.
 *
 * @param ip an address as the resolver, the socket or the URL parser writes it; what can't be read is refused
 */
export function refusingRule(ip: string): AddressRule | null {
  const address = parseAddress(ip);
  if (!address) return MALFORMED;
  const rule = ADDRESS_RULES.find(({ cidr }) => cidr && contains(cidr, address));
  if (rule) return rule;
  if (isIsatap(address)) return ISATAP;
  if (address.family === 6 && !contains(GLOBAL_UNICAST, address)) return NOT_GLOBAL;
  return null;
}

/** True for an address on the public Internet, the only kind that is downloaded from by default. */
export function isPublicAddress(ip: string): boolean {
  return refusingRule(ip) === null;
}

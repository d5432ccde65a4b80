import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADDRESS_RULES, isPublicAddress, refusingRule } from '../../src/download/address.ts';

/** Written by hand, next to the registry: block, its first and last address, and the neighbours with their own block. */
const EDGES: readonly (readonly [
  string,
  string,
  string,
  before: [string, string | null],
  after: [string, string | null],
])[] = [
  ['168.63.129.16/32', '168.63.129.16', '168.63.129.16', ['168.63.129.15', null], ['168.63.129.17', null]],
  [
    '100.100.100.200/32',
    '100.100.100.200',
    '100.100.100.200',
    ['100.100.100.199', '100.64.0.0/10'],
    ['100.100.100.201', '100.64.0.0/10'],
  ],
  [
    '192.0.0.192/32',
    '192.0.0.192',
    '192.0.0.192',
    ['192.0.0.191', '192.0.0.0/24'],
    ['192.0.0.193', '192.0.0.0/24'],
  ],
  [
    '169.254.169.254/32',
    '169.254.169.254',
    '169.254.169.254',
    ['169.254.169.253', '169.254.0.0/16'],
    ['169.254.169.255', '169.254.0.0/16'],
  ],
  [
    '169.254.170.2/32',
    '169.254.170.2',
    '169.254.170.2',
    ['169.254.170.1', '169.254.0.0/16'],
    ['169.254.170.3', '169.254.0.0/16'],
  ],
  [
    '169.254.170.23/32',
    '169.254.170.23',
    '169.254.170.23',
    ['169.254.170.22', '169.254.0.0/16'],
    ['169.254.170.24', '169.254.0.0/16'],
  ],
  [
    'fd00:ec2::254/128',
    'fd00:ec2::254',
    'fd00:ec2::254',
    ['fd00:ec2::253', 'fc00::/7'],
    ['fd00:ec2::255', 'fc00::/7'],
  ],
  [
    'fd00:ec2::23/128',
    'fd00:ec2::23',
    'fd00:ec2::23',
    ['fd00:ec2::22', 'fc00::/7'],
    ['fd00:ec2::24', 'fc00::/7'],
  ],
  [
    'fd20:ce::254/128',
    'fd20:ce::254',
    'fd20:ce::254',
    ['fd20:ce::253', 'fc00::/7'],
    ['fd20:ce::255', 'fc00::/7'],
  ],
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255', ['255.255.255.255', '255.255.255.255/32'], ['1.0.0.0', null]],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255', ['9.255.255.255', null], ['11.0.0.0', null]],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255', ['100.63.255.255', null], ['100.128.0.0', null]],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255', ['126.255.255.255', null], ['128.0.0.0', null]],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255', ['169.253.255.255', null], ['169.255.0.0', null]],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255', ['172.15.255.255', null], ['172.32.0.0', null]],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255', ['191.255.255.255', null], ['192.0.1.0', null]],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', ['192.0.1.255', null], ['192.0.3.0', null]],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255', ['192.88.98.255', null], ['192.88.100.0', null]],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255', ['192.167.255.255', null], ['192.169.0.0', null]],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255', ['198.17.255.255', null], ['198.20.0.0', null]],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255', ['198.51.99.255', null], ['198.51.101.0', null]],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', ['203.0.112.255', null], ['203.0.114.0', null]],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255', ['223.255.255.255', null], ['240.0.0.0', '240.0.0.0/4']],
  [
    '255.255.255.255/32',
    '255.255.255.255',
    '255.255.255.255',
    ['255.255.255.254', '240.0.0.0/4'],
    ['0.0.0.0', '0.0.0.0/8'],
  ],
  [
    '240.0.0.0/4',
    '240.0.0.0',
    '255.255.255.254',
    ['239.255.255.255', '224.0.0.0/4'],
    ['255.255.255.255', '255.255.255.255/32'],
  ],
  ['::/128', '::', '::', ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ff00::/8'], ['::1', '::1/128']],
  ['::1/128', '::1', '::1', ['::', '::/128'], ['::2', '::/96']],
  ['::/96', '::2', '::ffff:ffff', ['::1', '::1/128'], ['::1:0:0', 'outside 2000::/3']],
  [
    '::ffff:0:0/96',
    '::ffff:0:0',
    '::ffff:ffff:ffff',
    ['::fffe:ffff:ffff', 'outside 2000::/3'],
    ['::1:0:0:0', 'outside 2000::/3'],
  ],
  [
    '::ffff:0:0:0/96',
    '::ffff:0:0:0',
    '::ffff:0:ffff:ffff',
    ['::fffe:ffff:ffff:ffff', 'outside 2000::/3'],
    ['::ffff:1:0:0', 'outside 2000::/3'],
  ],
  [
    '64:ff9b::/96',
    '64:ff9b::',
    '64:ff9b::ffff:ffff',
    ['64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['64:ff9b::1:0:0', 'outside 2000::/3'],
  ],
  [
    '64:ff9b:1::/48',
    '64:ff9b:1::',
    '64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
    ['64:ff9b:0:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['64:ff9b:2::', 'outside 2000::/3'],
  ],
  [
    '100::/64',
    '100::',
    '100::ffff:ffff:ffff:ffff',
    ['ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['100:0:0:1::', '100:0:0:1::/64'],
  ],
  [
    '100:0:0:1::/64',
    '100:0:0:1::',
    '100:0:0:1:ffff:ffff:ffff:ffff',
    ['100::ffff:ffff:ffff:ffff', '100::/64'],
    ['100:0:0:2::', 'outside 2000::/3'],
  ],
  [
    '2001::/32',
    '2001::',
    '2001:0:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null],
    ['2001:1::', '2001::/23'],
  ],
  [
    '2001:2::/48',
    '2001:2::',
    '2001:2:0:ffff:ffff:ffff:ffff:ffff',
    ['2001:1:ffff:ffff:ffff:ffff:ffff:ffff', '2001::/23'],
    ['2001:2:1::', '2001::/23'],
  ],
  [
    '2001:10::/28',
    '2001:10::',
    '2001:1f:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:f:ffff:ffff:ffff:ffff:ffff:ffff', '2001::/23'],
    ['2001:20::', '2001:20::/28'],
  ],
  [
    '2001:20::/28',
    '2001:20::',
    '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:1f:ffff:ffff:ffff:ffff:ffff:ffff', '2001:10::/28'],
    ['2001:30::', '2001::/23'],
  ],
  [
    '2001::/23',
    '2001:30::',
    '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:2f:ffff:ffff:ffff:ffff:ffff:ffff', '2001:20::/28'],
    ['2001:200::', null],
  ],
  [
    '2001:db8::/32',
    '2001:db8::',
    '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', null],
    ['2001:db9::', null],
  ],
  [
    '2002::/16',
    '2002::',
    '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null],
    ['2003::', null],
  ],
  [
    '3fff::/20',
    '3fff::',
    '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null],
    ['3fff:1000::', null],
  ],
  [
    '5f00::/16',
    '5f00::',
    '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['5f01::', 'outside 2000::/3'],
  ],
  [
    'fc00::/7',
    'fc00::',
    'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['fe00::', 'outside 2000::/3'],
  ],
  [
    'fe80::/10',
    'fe80::',
    'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['fec0::', 'fec0::/10'],
  ],
  [
    'fec0::/10',
    'fec0::',
    'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fe80::/10'],
    ['ff00::', 'ff00::/8'],
  ],
  [
    'ff00::/8',
    'ff00::',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ['feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fec0::/10'],
    ['::', '::/128'],
  ],
];

const blockOf = (ip: string) => refusingRule(ip)?.block ?? null;

test('every block of the table has its edges here', () => {
  expect(EDGES.map(([block]) => block)).toEqual(ADDRESS_RULES.map(({ block }) => block));
});

test('every block is well-formed', () => {
  for (const { cidr, block } of ADDRESS_RULES) expect(cidr, block).not.toBeNull();
});

test.each(EDGES)('%s: just inside and just outside', (block, first, last, before, after) => {
  expect(blockOf(first)).toBe(block);
  expect(blockOf(last)).toBe(block);
  expect(blockOf(before[0])).toBe(before[1]);
  expect(blockOf(after[0])).toBe(after[1]);
});

describe('IPv6 beyond blocks', () => {
  test.each([
    ['1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'outside 2000::/3'],
    ['2000::', null],
    ['3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null],
    ['4000::', 'outside 2000::/3'],
    ['2606:2800:220:1:248:1893:25c8:1946', null],
    ['2001:4860::5efe:a00:1', '::[0200:]5efe:0:0'],
    ['2001:4860::200:5efe:808:808', '::[0200:]5efe:0:0'],
    ['2001:4860::5eff:a00:1', null],
    ['2001:4860::5efd:a00:1', null],
    ['2001:4860::100:5efe:a00:1', null],
    ['2001:4860::300:5efe:a00:1', null],
  ])('%s: %s', (ip, block) => {
    expect(blockOf(ip)).toBe(block);
  });

  test('only 2000::/3 is ever public', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (parts) => {
        const ip = parts.map((part) => part.toString(16)).join(':');
        if (isPublicAddress(ip)) expect(parts[0]! >> 13).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each(['', 'localhost', '127.1', '2130706433', '0x7f000001', '1.2.3.4 ', 'fe80::1%eth0', '[::1]'])(
  'what is no address is refused: %j',
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
  },
);

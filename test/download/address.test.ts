import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADDRESS_RULES, isPublicAddress, refusingRule } from '../../src/download/address.ts';
import { EDGES } from './address-edges.ts';

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

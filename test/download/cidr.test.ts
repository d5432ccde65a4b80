import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, parseAddress, parseCidr } from '../../src/download/cidr.ts';

const hextet = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const ipv6 = fc.array(hextet, { minLength: 8, maxLength: 8 });
const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });

const bitsOf = (parts: readonly number[], width: bigint) =>
  parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);

describe('parseAddress', () => {
  test('reads any IPv4 address', () => {
    fc.assert(
      fc.property(octets, (parts) => {
        expect(parseAddress(parts.join('.'))).toEqual({ family: 4, bits: bitsOf(parts, 8n) });
      }),
    );
  });

  test('reads any IPv6 address, long, shortened, or ending in dotted decimal', () => {
    fc.assert(
      fc.property(ipv6, (parts) => {
        const expected = { family: 6, bits: bitsOf(parts, 16n) };
        const long = parts.map((part) => part.toString(16));
        const short = new URL(`http://[${long.join(':')}]/`).hostname.slice(1, -1);
        const low = parts.slice(6).flatMap((part) => [part >> 8, part & 255]);
        const dotted = [...long.slice(0, 6), low.join('.')].join(':');
        for (const text of [long.join(':'), short, dotted, short.toUpperCase()]) {
          expect(parseAddress(text)).toEqual(expected);
        }
      }),
    );
  });

  test.each([
    '',
    '127.1',
    '0x7f.0.0.1',
    '127.0.0.01',
    '256.0.0.1',
    '1.2.3.4.5',
    '1.2.3.4 ',
    'fe80::1%eth0',
    '[::1]',
    ':::',
    '1::2::3',
    '::ffff:256.0.0.1',
    'localhost',
  ])('is null for %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe('parseCidr', () => {
  test.each([
    '10.0.0.1/8',
    '10.0.0.0/33',
    '10.0.0.0',
    '10.0.0.0/',
    '/8',
    '10/8',
    '::/129',
    'fc00::1/7',
    '10.0.0.0/8/8',
    'a/8',
  ])('is null for %j', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  test.each([
    ['0.0.0.0/0', 4, 0],
    ['10.0.0.0/8', 4, 8],
    ['10.0.0.1/32', 4, 32],
    ['::/0', 6, 0],
    ['fc00::/7', 6, 7],
    ['::1/128', 6, 128],
  ] as const)('reads %s', (text, family, prefix) => {
    expect(parseCidr(text)).toMatchObject({ family, prefix });
  });
});

describe('contains', () => {
  test('agrees with node:net, IPv4', () => {
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (base, other, prefix) => {
        const bits = (bitsOf(base, 8n) >> BigInt(32 - prefix)) << BigInt(32 - prefix);
        const network = [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
        // Sharing the first octets makes hits likely.
        const address = [...base.slice(0, 2), ...other.slice(2)].join('.');
        const list = new BlockList();
        list.addSubnet(network, prefix, 'ipv4');
        expect(contains(parseCidr(`${network}/${prefix}`)!, parseAddress(address)!)).toBe(
          list.check(address, 'ipv4'),
        );
      }),
    );
  });

  test('agrees with node:net, IPv6', () => {
    fc.assert(
      fc.property(ipv6, ipv6, fc.integer({ min: 1, max: 128 }), (base, other, prefix) => {
        const bits = (bitsOf(base, 16n) >> BigInt(128 - prefix)) << BigInt(128 - prefix);
        const network = Array.from({ length: 8 }, (_, i) =>
          ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
        );
        const address = [...base.slice(0, 4), ...other.slice(4)].map((part) => part.toString(16)).join(':');
        const list = new BlockList();
        list.addSubnet(network.join(':'), prefix, 'ipv6');
        expect(contains(parseCidr(`${network.join(':')}/${prefix}`)!, parseAddress(address)!)).toBe(
          list.check(address, 'ipv6'),
        );
      }),
    );
  });

  test('never matches a mapped address with its IPv4 block', () => {
    expect(contains(parseCidr('10.0.0.0/8')!, parseAddress('::ffff:10.0.0.1')!)).toBe(false);
    expect(contains(parseCidr('::/0')!, parseAddress('10.0.0.1')!)).toBe(false);
  });
});

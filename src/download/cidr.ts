import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as a number. An IPv4-mapped IPv6 address stays IPv6: the two are never mixed up here. */
export interface Address {
  readonly family: 4 | 6;
  /** 32 or 128 bits. */
  readonly bits: bigint;
}

/** A block of addresses: all those that share the first `prefix` bits. */
export interface Cidr extends Address {
  /** 0 to 32, or 0 to 128. */
  readonly prefix: number;
  /** The block's last address; `bits` is its first. */
  readonly last: bigint;
}

const HEXTETS = 8;

/** Bits of an address of the family: 32 or 128. */
export function addressSize(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function bitsOfIPv4(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function hextets(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function bitsOfIPv6(text: string): bigint {
  const dotted = text.slice(text.lastIndexOf(':') + 1);
  if (dotted.includes('.')) {
    const low = bitsOfIPv4(dotted);
    const hex = `${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
    return bitsOfIPv6(text.slice(0, -dotted.length) + hex);
  }
  const [head = '', tail] = text.split('::');
  const left = hextets(head);
  const right = hextets(tail ?? '');
  const zeros = Array<string>(HEXTETS - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].reduce((bits, hextet) => (bits << 16n) | BigInt(`0x${hextet}`), 0n);
}

/**
 * Reads a textual IP address in the forms that the system and the URL parser produce: dotted decimal with four
 * parts, or RFC 4291 text. Anything else is null, an IPv6 zone (`fe80::1%eth0`) and `127.1` included.
 */
export function parseAddress(text: string): Address | null {
  if (isIPv4(text)) return { family: 4, bits: bitsOfIPv4(text) };
  if (isIPv6(text) && !text.includes('%')) return { family: 6, bits: bitsOfIPv6(text) };
  return null;
}

/** Reads `address/prefix`; null if it is malformed or has bits set beyond its prefix (`10.0.0.1/8`). */
export function parseCidr(text: string): Cidr | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match && parseAddress(match[1]!);
  if (!address) return null;
  const prefix = Number(match[2]);
  const hostBits = addressSize(address.family) - prefix;
  if (hostBits < 0 || BigInt.asUintN(hostBits, address.bits) !== 0n) return null;
  return { ...address, prefix, last: address.bits | ((1n << BigInt(hostBits)) - 1n) };
}

/** The block that holds one address only. */
export function singleAddress(address: Address): Cidr {
  return { ...address, prefix: addressSize(address.family), last: address.bits };
}

/** True if the block holds the address. Families never match each other, mapped addresses included. */
export function contains(cidr: Cidr, address: Address): boolean {
  return cidr.family === address.family && cidr.bits <= address.bits && address.bits <= cidr.last;
}

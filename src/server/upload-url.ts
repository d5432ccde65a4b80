/** Where a client reaches this service. */
import type { IncomingMessage } from 'node:http';

/** A name or an address, with or without a port. */
const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The address that a request was sent to, as far as it can be told: the host that it names, and TLS where a proxy in front
 * says that it ends it. Whoever makes these up sends nobody but themselves elsewhere.
 */
export function baseUrlOf({ headers, socket }: IncomingMessage): string {
  const { localAddress = '127.0.0.1', localPort = 80 } = socket;
  const local = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  const host = HOST.test(headers.host ?? '') ? headers.host : `${local}:${localPort}`;
  const isTls = /^https\b/i.test(String(headers['x-forwarded-proto'] ?? ''));
  return `${isTls ? 'https' : 'http'}://${host}`;
}

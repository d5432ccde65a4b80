import { connect as connectTcp, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Guard } from './guard.ts';
import type { Target } from './url.ts';

/** Begins a TCP connection to an address (never a name) and returns the socket at once, as `net.connect` does. */
export type Dial = (address: string, port: number) => Socket;

/** Connects for real. No proxy of the environment is asked. */
export const dialTcp: Dial = (address, port) => connectTcp({ host: address, port });

/** How long one address may take before the next one is tried beside it (RFC 8305, section 5). */
export const NEXT_ADDRESS_MS = 250;

/** Sockets that lost the race, or were handed on, may still fail; without a listener that ends the process. */
function ignore(): void {}

/**
 * The trust store: Node's own (with `NODE_EXTRA_CA_CERTS`), or, with an extra authority, Node's bundled roots and
 * that one. Built once, since reading the roots takes tens of milliseconds.
 *
 * @param ca certificates in PEM
 * @throws what OpenSSL says about malformed PEM
 */
export function createTrust(ca?: string): SecureContext {
  return createSecureContext(ca === undefined ? {} : { ca: [...rootCertificates, ca] });
}

/**
 * Connects to the first of the addresses that answers, trying them in turn, a quarter of a second apart.
 *
 * @param addresses at least one, each checked by the guard before
 * @throws the last address's error, or the signal's reason
 */
function dialFirst(
  addresses: readonly string[],
  port: number,
  dial: Dial,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = [];
    let failed = 0;
    let settled = false;
    let timer: NodeJS.Timeout | undefined;

    const settle = (winner: Socket | null, error?: unknown): void => {
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      for (const socket of sockets) if (socket !== winner) socket.destroy();
      if (winner) resolve(winner);
      else reject(error);
    };
    const stop = (): void => settle(null, signal.reason);
    const next = (): void => {
      clearTimeout(timer);
      const address = addresses[sockets.length];
      if (address === undefined) return;
      const socket = dial(address, port);
      sockets.push(socket);
      socket.on('error', ignore);
      socket.once('connect', () => settle(socket));
      socket.once('error', (error) => {
        // The winner's own end comes by here, too.
        if (settled) return;
        failed += 1;
        if (failed === addresses.length) settle(null, error);
        else next();
      });
      timer = setTimeout(next, NEXT_ADDRESS_MS);
    };

    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else next();
  });
}

function handshake(
  socket: Socket,
  target: Target,
  trust: SecureContext,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void secure.destroy(signal.reason);
    const secure = connectTls({
      socket,
      secureContext: trust,
      host: target.host,
      // RFC 6066 allows no address here; the certificate is then held against `host`.
      ...(target.literal ? {} : { servername: target.host }),
      ALPNProtocols: ['http/1.1'],
      // Said aloud, because NODE_TLS_REJECT_UNAUTHORIZED changes the default.
      rejectUnauthorized: true,
    });
    secure.on('error', ignore);
    secure.once('error', reject);
    secure.once('close', () => reject(new Error('closed during the TLS handshake')));
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', stop);
      resolve(secure);
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/**
 * Opens a connection to one of the checked addresses, and checks where it really ended. The target's name is used
 * for TLS only (SNI and certificate).
 *
 * @throws {TargetRefused}, a socket's or TLS error, or the signal's reason
 */
export async function openConnection(
  url: URL,
  target: Target,
  addresses: readonly string[],
  { guard, dial, trust }: { readonly guard: Guard; readonly dial: Dial; readonly trust: SecureContext },
  signal: AbortSignal,
): Promise<Socket> {
  const socket = await dialFirst(addresses, target.port, dial, signal);
  try {
    guard.checkAddress(target, socket.remoteAddress ?? '');
    return url.protocol === 'https:' ? await handshake(socket, target, trust, signal) : socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Connections to the one upstream that the operator named, through the guard. */
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { refusingRule } from '../download/address.ts';
import { parseAllowList } from '../download/allow.ts';
import { createTrust, dialTcp, openConnection } from '../download/connect.ts';
import { startDeadline } from '../download/deadline.ts';
import { systemResolver } from '../download/dns.ts';
import { createGuard, type Self } from '../download/guard.ts';
import { TargetRefused } from '../download/refusal.ts';
import { resolveTarget } from '../download/resolve.ts';
import { type Target, targetOf } from '../download/url.ts';

/** How long a connection may take, look-up and TLS included, in ms: across an ocean it takes about one second. */
export const CONNECT_MS = 10_000;

/** The variable that opens private addresses for the upstream, and for nothing else. */
export const UPSTREAM_ALLOW_VARIABLE = 'LPD_UPSTREAM_ALLOW';

/** There is no connection. The cause is for the log. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

/** Where the upstream is, and what the operator opened for it. */
export interface Place {
  /** `http:` or `https:`; a path is put in front of every request's. */
  readonly url: URL;
  /** Blocks, addresses and names, as `parseAllowList` takes them. */
  readonly allow: string;
  /** Where this service itself listens: to pass on to itself would be a loop. */
  readonly self?: Self | undefined;
}

/**
 * Has an undici pool connect through the guard. Each address of the upstream is judged as a picture's would be, the one that the
 * socket ended at too; only what the operator opened for it may be private. Certificates are held against the name.
 *
 * @throws {DetectError} `option.invalid` for an allow-list that can't be read
 */
export function upstreamConnector({ url, allow, self }: Place): buildConnector.connector {
  const target = targetOf(url);
  // Whoever writes an address in digits has named it.
  const opened = parseAllowList(target.literal ? `${allow},${target.host}` : allow);
  const guard = createGuard(opened, self, UPSTREAM_ALLOW_VARIABLE);
  const link = { guard, dial: dialTcp, trust: createTrust() };

  const open = async (): Promise<Socket> => {
    const deadline = startDeadline(CONNECT_MS);
    try {
      // The operator named it, so the system's own hosts and search domains count.
      const addresses = await deadline.race(resolveTarget(target, guard, systemResolver, deadline.signal));
      const socket = await openConnection(url, target, addresses, link, deadline.signal);
      if (url.protocol === 'http:') refusePublic(socket, target);
      return socket;
    } catch (cause) {
      const late = deadline.signal.aborted;
      throw new NoConnection(late ? `no connection within ${CONNECT_MS} ms` : 'no connection', {
        cause: late ? undefined : cause,
      });
    } finally {
      deadline.clear();
    }
  };
  return (_options, callback) => {
    open().then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** Callers' keys cross no public network in the clear. */
function refusePublic(socket: Socket, { host }: Target): void {
  if (refusingRule(socket.remoteAddress ?? '') !== null) return;
  socket.destroy();
  throw new TargetRefused(`${host} is at a public address, where keys need https://`);
}

import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/**
 * Has an undici client use a connection that was opened and checked before, once. undici would connect anew for a
 * second request; there is one connection, and it has been checked.
 */
export function oneConnection(socket: Socket): buildConnector.connector {
  let free: Socket | null = socket;
  return (_options, callback) => {
    const given = free;
    free = null;
    // Called back at once, undici would miss it: it is still in the step that asked.
    queueMicrotask(() => {
      if (given) callback(null, given);
      else callback(new Error('one connection, one request'), null);
    });
  };
}

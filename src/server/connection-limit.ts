/** How many callers may be connected: whoever sends nothing makes room for whoever comes. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Most connections at a time, of about 12 KB each: what a balancer in front needs many times over. */
const MOST_CONNECTIONS = 8_192;
/** The share of the files that this process may open; the rest is for downloads, the store, and readers of pictures. */
const SHARE_OF_FILES = 0.5;
/** Where Linux says how many those are. */
const LIMITS_FILE = '/proc/self/limits';

/** How many connections this process has room for. */
export function connectionRoom(): number {
  let text = '';
  try {
    text = readFileSync(LIMITS_FILE, 'utf8');
  } catch {
    // Another system, where the number above has to do.
  }
  const files = Number(/^Max open files\s+(\d+)/m.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
  return Math.min(MOST_CONNECTIONS, Math.floor(files * SHARE_OF_FILES));
}

/**
 * Holds a server to so many connections. A newcomer takes the place of the one that has been idle for the longest: since its
 * last answer, or since it came. Only when all have requests under way is the newcomer sent away.
 */
export function limitConnections(server: Server, most = connectionRoom()): void {
  /** Connections without a request under way, the longest idle first. */
  const idle = new Set<Socket>();
  const underWay = new WeakMap<Socket, number>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    if (open >= most) {
      const [first = socket] = idle;
      idle.delete(first);
      first.destroy();
    }
    open++;
    if (!socket.destroyed) idle.add(socket);
    socket.once('close', () => {
      open--;
      idle.delete(socket);
    });
  });
  // First of all, since whoever answers may do so at once.
  server.prependListener('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    idle.delete(socket);
    response.once('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      underWay.set(socket, left);
      if (left === 0 && !socket.destroyed) idle.add(socket);
    });
  });
}

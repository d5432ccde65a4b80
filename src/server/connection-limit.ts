/** How many callers may be connected: whoever sends nothing makes room for whoever comes. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Most connections at a time, of about 12 KB each: what a balancer in front needs many times over. */
const MOST_CONNECTIONS = 8_192;
/** The share of the files that this process may open; the rest is for downloads, the store, and readers of pictures. */
const SHARE_OF_FILES = 0.25;
/**
 * Requests of one connection that may wait for their answers. Node reads on while answers pile up, and 64 KB hold 1,700 of the
 * shortest requests: four connections kept everybody else out, and filled the memory. Clients in use send one at a time.
 */
const MOST_PIPELINED = 8;
/** Where Linux says how many those are. */
const LIMITS_FILE = '/proc/self/limits';

/** How many connections this process has room for. */
function connectionRoom(): number {
  let text = '';
  try {
    text = readFileSync(LIMITS_FILE, 'utf8');
  } catch {
    // Another system, where the number above has to do.
  }
  const files = Number(/^Max open files\s+(\d+)/m.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
  return Math.min(MOST_CONNECTIONS, Math.floor(files * SHARE_OF_FILES));
}

/** A request, and the answer that is to be given. */
type Asked = readonly [IncomingMessage, ServerResponse];

/**
 * Holds a server to so many connections. A newcomer takes the place of the one that has been idle for the longest: since its
 * last answer, or since it came. Only when all have requests under way is the newcomer sent away.
 *
 * Requests that come before the answer to the one before are handled when it is given: Node never tells the end of an answer
 * whose turn did not come, so what it held would be held for ever.
 *
 * @param server which has its handlers
 * @param onRequest is told of each request as it comes
 */
export function limitConnections(
  server: Server,
  onRequest: (...asked: Asked) => void,
  most = connectionRoom(),
): void {
  /** Connections without a request under way, the longest idle first. */
  const idle = new Set<Socket>();
  /** Requests that are handled, each the first of its line, and those that wait for that. */
  const lines = new WeakMap<Socket, Asked[]>();
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

  const handlers = server.listeners('request') as RequestListener[];
  const begin = (socket: Socket, line: Asked[]) => {
    const [first] = line;
    if (socket.destroyed) return;
    if (first === undefined) {
      idle.add(socket);
      return;
    }
    first[1].once('close', () => {
      line.shift();
      begin(socket, line);
    });
    for (const handle of handlers) handle.apply(server, [...first]);
  };
  server.removeAllListeners('request');
  server.on('request', (...asked: Asked) => {
    const [{ socket }] = asked;
    const line = lines.get(socket) ?? [];
    lines.set(socket, line);
    if (line.length >= MOST_PIPELINED) socket.destroy();
    // Of a connection that is gone, what it sent before may still come.
    if (socket.destroyed) return;
    onRequest(...asked);
    idle.delete(socket);
    line.push(asked);
    if (line.length === 1) begin(socket, line);
  });
}

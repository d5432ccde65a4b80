/** Another service, as the upstream of a test: it notes what it is asked, and answers as its paths say. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What it was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Names and values in turns. */
  readonly raw: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}

/** One that listens. */
export interface Upstream {
  readonly url: string;
  readonly asked: Asked[];
  /** What is under way. */
  readonly open: () => number;
}

const MIB = 1024 * 1024;
type Behaviour = (request: IncomingMessage, response: ServerResponse) => unknown;

/** By the first part of the path behind `/api/v1/x/`. */
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  sse: async (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-DashScope-Partialresponse': 'true' });
    for (let at = 0; at < 4; at++) {
      response.write(`id:${at}\nevent:result\ndata:{"n":${at}}\n\n`);
      await sleep(200);
    }
    response.end();
  },
  endless: async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    while (!response.destroyed) {
      response.write('data: still here\n\n');
      await sleep(50);
    }
  },
  flood: (_request, response) => {
    function* pieces() {
      for (let at = 0; at < 100; at++) yield Buffer.alloc(MIB, at);
    }
    pipeline(Readable.from(pieces()), response.writeHead(200)).catch(() => undefined);
  },
  mute: () => undefined,
  stuck: (_request, response) => response.writeHead(200).write('the beginning'),
  broken: (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('half of', () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
  },
  reset: ({ socket }) => socket.resetAndDestroy(),
  garbage: ({ socket }) => socket.end('this is \0 no HTTP\r\n\r\n'),
  huge: (_request, response) => response.writeHead(200, { 'x-huge': 'x'.repeat(100_000) }).end(),
  interim: ({ socket }) => {
    for (let at = 0; at < 200; at++) socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  },
  hints: ({ socket }) => {
    socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    socket.end('HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
  },
  elsewhere: (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/else' }).end(),
  refused: (_request, response) => {
    const body = JSON.stringify({
      code: 'InvalidApiKey',
      message: 'Invalid API-key provided.',
      request_id: 'theirs',
    });
    response.writeHead(401, { 'content-type': 'application/json', 'X-Request-Id': 'theirs' }).end(body);
  },
  down: (_request, response) => response.writeHead(503, 'Gone Fishing', { 'retry-after': '1' }).end('later'),
  odd: (_request, response) => {
    const headers = ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Bytes', '\xe4\xb8\xad', 'X-Kept', '1'];
    const own = [
      'Connection',
      'close, X-Hop',
      'X-Hop',
      '1',
      'Keep-Alive',
      'timeout=9',
      'Proxy-Authenticate',
      'Basic',
    ];
    response
      .writeHead(200, [...headers, ...own, 'Content-Encoding', 'gzip', 'Content-Length', '5'])
      .end('bytes');
  },
};

/** Listens on loopback until the test's end. */
export async function startUpstream(cleanup: (task: () => void) => void): Promise<Upstream> {
  const asked: Asked[] = [];
  let open = 0;
  const server = createServer(async (request, response) => {
    const { method = '', url = '', rawHeaders } = request;
    open++;
    response.once('close', () => open--);
    const [, name = ''] = /^\/+api\/v1\/x\/(\w+)/.exec(url) ?? [];
    if (name === 'early') return response.writeHead(413).end('too much');
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const piece of request) {
        bytes += piece.length;
        hash.update(piece);
      }
    } catch {
      return;
    }
    asked.push({ method, url, raw: rawHeaders, bytes, sha256: hash.digest('hex') });
    const behaviour = BEHAVIOURS[name];
    if (behaviour !== undefined) return behaviour(request, response);
    const answer = JSON.stringify({ by: 'upstream' });
    const length = Buffer.byteLength(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length }).end(answer);
  });
  server.on('error', () => undefined);
  return { url: await listen(server, cleanup), asked, open: () => open };
}

/** Accepts connections, and hangs up without a word. */
export async function startDead(cleanup: (task: () => void) => void): Promise<string> {
  return listen(
    createTcp((socket) => socket.destroy()),
    cleanup,
  );
}

async function listen(server: Server, cleanup: (task: () => void) => void): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

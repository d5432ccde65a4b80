import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import type { Dial } from '../../src/download/connect.ts';
import type { Certificate } from './certificates.ts';

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The TLS server name; undefined over plain HTTP. */
  readonly serverName: string | undefined;
}

/** Answers with raw bytes, so that it can lie. */
export type Answerer = (request: Received, socket: Socket) => void;

/** A server on a port of loopback. */
export interface TestServer {
  readonly port: number;
  readonly requests: Received[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  close(): Promise<void>;
}

function parseRequest(head: string, serverName: string | undefined): Received {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { method, path, headers, serverName };
}

async function listen(server: Server, event: string, answer: Answerer): Promise<TestServer> {
  const requests: Received[] = [];
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  server.on(event, (socket: Socket & { servername?: string | false }) => {
    let head = '';
    socket.on('error', () => {});
    socket.on('data', function read(chunk: Buffer) {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read);
      const request = parseRequest(head.slice(0, end), socket.servername || undefined);
      requests.push(request);
      answer(request, socket);
    });
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    open,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts a plain HTTP server. */
export function serveHttp(answer: Answerer): Promise<TestServer> {
  return listen(createServer(), 'connection', answer);
}

/** Starts an HTTPS server; `certificateFor` picks the certificate by the server name that the client sends. */
export function serveHttps(
  certificateFor: (name: string) => Certificate,
  answer: Answerer,
): Promise<TestServer> {
  const server = createTlsServer({
    ...certificateFor(''),
    SNICallback: (name, done) => done(null, createSecureContext(certificateFor(name))),
  });
  return listen(server, 'secureConnection', answer);
}

/** An answer with a body and its true length. */
export function reply(
  socket: Socket,
  status: number,
  body: Uint8Array | string,
  headers: readonly string[] = [],
): void {
  const bytes = Buffer.from(body);
  const head = [
    `HTTP/1.1 ${status} Said`,
    ...headers,
    `Content-Length: ${bytes.length}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.end(bytes);
}

/** A redirect. */
export function redirect(socket: Socket, status: number, location: string): void {
  reply(socket, status, '', [`Location: ${location}`]);
}

/** Writes the chunk again and again until the other side has had enough. */
export function flood(socket: Socket, chunk: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

/** Writes one byte after another, `ms` apart. */
export function drip(socket: Socket, byte: string, ms: number): void {
  const timer = setInterval(() => socket.write(byte), ms);
  socket.on('close', () => clearInterval(timer));
}

/**
 * A dial for tests that must run with the guard on: it notes which address the downloader means to connect to,
 * leads the connection to a server on loopback, and lets the socket claim that address.
 *
 * @param lead   the local port for an address and port; undefined for a host that refuses connections
 * @param dialled filled with `address:port`
 */
export function dialInto(
  lead: (address: string, port: number) => number | undefined,
  dialled: string[] = [],
): Dial {
  return (address, port) => {
    dialled.push(`${address}:${port}`);
    const local = lead(address, port);
    if (local === undefined) return new Socket().destroy(new Error('connection refused'));
    const socket = connect(local, '127.0.0.1');
    return Object.defineProperty(socket, 'remoteAddress', { value: address });
  };
}

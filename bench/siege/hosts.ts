/** Servers on loopback that pictures come from: an honest one, and ways of keeping a download busy. */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const DRIP_MS = 500;
const FLOOD_BYTES = 64 * 1024;

/** What a hostile host does with a request, by the name in its path. */
const HOSTILE: Readonly<Record<string, (response: ServerResponse) => void>> = {
  silent: () => undefined,
  drip: (response) => {
    response.write(Buffer.from('ffd8ffe0', 'hex'));
    const timer = setInterval(() => response.write(Buffer.from([0xff])), DRIP_MS);
    response.once('close', () => clearInterval(timer));
  },
  redirect: (response) => response.writeHead(302, { location: '/redirect' }).end(),
  inside: (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
  page: (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><p>Sign in'),
  endless: (response) => {
    const chunk = Buffer.alloc(FLOOD_BYTES, 0xff);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  },
  short: (response) => {
    response.setHeader('content-length', 100_000);
    response.write('x');
    setTimeout(() => response.destroy(), DRIP_MS);
  },
};

/** The names of what a hostile host can do. */
export const TRICKS: readonly string[] = Object.keys(HOSTILE);

/** Hosts under way. */
export interface HostileHosts {
  /** The address of a picture that is never right. */
  address(trick: string): string;
  /** A webhook that takes calls and never answers. */
  readonly tarpit: string;
  close(): void;
}

/** Opens a hostile host. */
export async function openHostileHosts(): Promise<HostileHosts> {
  const server = await listen((request, response) => {
    const trick = request.url?.slice(1).split('?')[0] ?? '';
    (HOSTILE[trick] ?? HOSTILE.silent)(response);
  });
  return {
    address: (trick) => `${server.url}/${trick}`,
    tarpit: `${server.url}/silent`,
    close: server.close,
  };
}

/** Serves one picture, whatever the path. */
export function openHonestHost(picture: Uint8Array): Promise<Listening> {
  return listen((_request, response) => response.end(picture));
}

interface Listening {
  readonly url: string;
  readonly close: () => void;
}

async function listen(answer: RequestListener): Promise<Listening> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

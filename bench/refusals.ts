import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpService } from './http-service.ts';
import { type Spread, spread } from './statistics.ts';

/** How long a hostile server keeps its connection open, in milliseconds: a refusal that waits for its end shows. */
const STALL_MS = 2_000;
const ROUNDS = 20;
const TOO_MANY_BYTES = 64 * 2 ** 20;

/** A PNG's signature and header of 5000 x 5000 pixels, RGB; what the picture would be comes behind it. */
const LARGE_PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000138800001388080200000045a1e8ce', 'hex');

/** What a hostile server sends; the rest never comes. */
const ATTACKS: readonly { readonly name: string; send(response: ServerResponse): void }[] = [
  {
    name: '64 MB announced',
    send: (response) => {
      response.setHeader('content-length', TOO_MANY_BYTES);
      response.flushHeaders();
    },
  },
  { name: 'PNG of 5000 × 5000, its header alone', send: (response) => response.write(LARGE_PNG) },
  { name: 'a web page', send: (response) => response.write('<!doctype html><title>no picture</title>') },
  {
    name: 'redirect to a private address',
    send: (response) => response.writeHead(302, { location: 'http://10.0.0.1/a.png' }).end(),
  },
];

/** How long one kind of hostile picture was kept waiting. */
export interface Refusal {
  readonly name: string;
  /** From the last byte that was needed to know until the answer was there, in milliseconds. */
  readonly time: Spread;
}

/** Refuses hostile pictures one after another, on a service that has nothing else to do. */
export async function timeRefusals(service: HttpService): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const { name, send } of ATTACKS) {
    let sentAt = 0;
    const server = createServer((_request, response) => {
      send(response);
      sentAt = performance.now();
      setTimeout(() => response.destroy(), STALL_MS).unref();
    });
    const url = await listen(server);
    const times: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const status = await ask(service, url);
      if (status < 400) throw new Error(`${name}: the service answered ${status}.`);
      times.push(performance.now() - sentAt);
    }
    server.closeAllConnections();
    server.close();
    refusals.push({ name, time: spread(times) });
  }
  return refusals;
}

async function ask({ url, key }: HttpService, pictureUrl: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/services/aigc/image2video/face-detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: pictureUrl } }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`;
}

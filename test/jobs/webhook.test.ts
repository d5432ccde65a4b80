/** What a receiver may answer, and what counts. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Notice } from '../../src/jobs/job.ts';
import { createDeliver } from '../../src/jobs/webhook.ts';

const deliver = createDeliver({ allow: '127.0.0.0/8' });

async function call(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`;
  const job = { id: 'a', state: 'done', counts: [], createdAt: 0, startedAt: null, endedAt: 0 };
  const notice = { url, secret: 'secret', attempt: 0, job } as unknown as Notice;
  await deliver(notice, AbortSignal.timeout(9_000));
}

it.each<[string, Parameters<typeof call>[0]]>([
  // As a store behind several proxies sends them; the same are taken of a picture's server.
  [
    'headers of 40 KB',
    (_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end(),
  ],
  ['a body that never ends', (_request, response) => response.writeHead(200).write('x')],
  ['a body that breaks off', ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx')],
])('a receiver is told with 200 and %s', async (_what, answer) => {
  await call(answer);
});

it.each<[string, Parameters<typeof call>[0]]>([
  ['sends elsewhere', (_request, response) => response.writeHead(302, { location: '/' }).end()],
  ['hangs up', ({ socket }) => socket.destroy()],
])('a receiver that %s is not told', async (_what, answer) => {
  await expect(call(answer)).rejects.toThrow();
});

/** What a receiver may answer, and what counts. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Notice } from '../../src/jobs/job.ts';
import { createDeliver } from '../../src/jobs/webhook.ts';
import { serveHere } from '../serve-here.ts';

const deliver = createDeliver({ allow: '127.0.0.0/8' });

async function call(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
  const url = `http://${await serveHere((request, response) => {
    request.resume().once('end', () => answer(request, response));
  })}/told`;
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

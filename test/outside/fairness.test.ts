/** What one customer's key can take from another's: the built service, two keys, real sockets. */
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PORTRAIT } from '../server/pictures.ts';
import { type Service, startService } from './service.ts';

// Deadlines have to pass, on machines that others share.
vi.setConfig({ testTimeout: 120_000 });

const DETECT = '/api/v1/services/aigc/image2video/face-detect';

/** A server that takes connections and says nothing; gives its address. */
async function tarpit(): Promise<{ readonly url: string; readonly taken: () => number }> {
  const sockets = new Set<Socket>();
  let taken = 0;
  const server = createServer((socket) => {
    taken++;
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, taken: () => taken };
}

/** A portrait that no cache knows. */
function fresh(no: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([PORTRAIT, Buffer.from(`${no}`)]));
}

async function upload(service: Service, secret: string, no: number, path = '/v1/inspect'): Promise<string> {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'image/jpeg' },
    body: fresh(no),
  });
  await response.arrayBuffer();
  return `${response.status} ${response.headers.get('x-reason') ?? ''}`.trim();
}

/** Asks for a picture by its address, again and again, until the test is over. */
function flood(service: Service, secret: string, everyMs: number, path: string, imageUrl: string) {
  const over = new AbortController();
  const json =
    path === DETECT ? { model: 'liveportrait-detect', input: { image_url: imageUrl } } : { url: imageUrl };
  let answers = 0;
  const timer = setInterval(() => {
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
      signal: over.signal,
    })
      .then((response) => response.arrayBuffer())
      .then(() => answers++)
      .catch(() => undefined);
  }, everyMs);
  const end = () => {
    clearInterval(timer);
    over.abort();
  };
  onTestFinished(end);
  return { answers: () => answers, end };
}

/** Uploads of one key after the other. @returns how many ended how */
async function uploads(service: Service, secret: string, count: number, path?: string) {
  const ends: Record<string, number> = {};
  for (let no = 0; no < count; no++) {
    const end = await upload(service, secret, no, path);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}

describe('slow downloads of one key', () => {
  it('refuse no upload of another', async () => {
    const service = await startService(onTestFinished, {
      keys: ['slow', 'honest'],
      args: ['--deadline-ms', '4000'],
    });
    const [slow = '', honest = ''] = service.secrets;
    const pit = await tarpit();
    // So that the service knows how long an inspection takes.
    await uploads(service, honest, 5);
    // Far more than there is room for, for longer than a request may take.
    const floods = [DETECT, '/v1/inspect', '/v1/fix'].map((path) =>
      flood(service, slow, 50, path, `${pit.url}/a.jpg`),
    );
    await sleep(5_000);
    expect(pit.taken()).toBeGreaterThan(20);
    expect(await uploads(service, honest, 20)).toEqual({ 200: 20 });
    expect(await uploads(service, honest, 3, '/v1/fix')).toEqual({ 200: 3 });
    for (const { answers } of floods) expect(answers()).toBeGreaterThan(10);
  });
});

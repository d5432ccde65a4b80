/** What one customer's key can take from another's: the built service, two keys, real sockets. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { type Service, startService } from './service.ts';

// Deadlines have to pass, on machines that others share.
vi.setConfig({ testTimeout: 120_000 });

const DETECT = '/api/v1/services/aigc/image2video/face-detect';

/** A server that takes connections and says nothing; it has as many addresses as are asked for. */
async function tarpit(addresses = 1) {
  const sockets = new Set<Socket>();
  let taken = 0;
  const hold = (socket: Socket) => {
    taken++;
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
  };
  const urls: string[] = [];
  for (let no = 1, port = 0; no <= addresses; no++) {
    const host = `127.0.0.${no}`;
    const server = createServer(hold);
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    onTestFinished(() => void server.close());
    port = (server.address() as AddressInfo).port;
    urls.push(`http://${host}:${port}`);
  }
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { url: urls[0] ?? '', urls, taken: () => taken };
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

/** Sends a list. @returns the address of the job */
async function submit(
  { url }: Service,
  secret: string,
  list: readonly string[],
  webhook?: string,
): Promise<string> {
  const query = webhook === undefined ? '' : `?webhook=${encodeURIComponent(webhook)}`;
  const response = await fetch(`${url}/v1/jobs${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: list.join('\n'),
  });
  const text = await response.text();
  expect(response.status, text).toBe(202);
  return `${url}${response.headers.get('location')}`;
}

async function stateOf(job: string, secret: string): Promise<unknown> {
  const response = await fetch(job, { headers: { authorization: `Bearer ${secret}` } });
  return await response.json();
}

describe('webhooks', () => {
  it('are called within seconds, whatever the receivers of others do', async () => {
    const service = await startService(onTestFinished, { keys: ['slow', 'worse', 'honest'] });
    const [slow = '', worse = '', honest = ''] = service.secrets;
    const pit = await tarpit();
    const told: string[] = [];
    const receiver = await serve(onTestFinished, (request, response) => {
      told.push(request.url ?? '');
      response.end();
    });
    // Each is answered at once, since no such address can be.
    for (let no = 0; no < 60; no++)
      await submit(service, no % 2 ? slow : worse, ['no address'], `${pit.url}/${no}`);
    // Each of these takes ten seconds to be given up.
    await expect.poll(pit.taken, { timeout: 20_000 }).toBeGreaterThan(11);
    await submit(service, honest, ['no address'], `${receiver}/told`);
    // One that waited for all of them would come after fifty seconds.
    await expect.poll(() => told, { timeout: 25_000 }).toEqual(['/told']);
  });
});

describe('jobs of slow addresses', () => {
  it('hold up neither the jobs of others, nor those who wait for an answer', async () => {
    const service = await startService(onTestFinished, { keys: ['slow', 'worse', 'honest'] });
    const [slow = '', worse = '', honest = ''] = service.secrets;
    const pit = await tarpit(40);
    const list = Array.from({ length: 4_000 }, (_, no) => `${pit.urls[no % 40]}/${no}`);
    await submit(service, slow, list);
    await submit(service, worse, list);
    await expect.poll(pit.taken, { timeout: 20_000 }).toBeGreaterThan(15);
    const pictures = await serve(onTestFinished, (request, response) => {
      response.end(fresh(Number(request.url?.slice(1))));
    });
    const job = await submit(
      service,
      honest,
      Array.from({ length: 48 }, (_, no) => `${pictures}/${no}`),
    );
    // The 8,000 slow addresses, ten seconds each, would take more than an hour before it.
    await expect
      .poll(() => stateOf(job, honest), { timeout: 60_000, interval: 200 })
      .toMatchObject({ state: 'done', pass: 48 });
    expect(await uploads(service, honest, 10)).toEqual({ 200: 10 });
  });
});

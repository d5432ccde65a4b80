/** What somebody without a key can take from others by connections alone, and somebody with one by slow requests. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { PORTRAIT } from '../server/pictures.ts';
import { type Service, startService } from './service.ts';

vi.setConfig({ testTimeout: 90_000 });

/** A connection that has sent these bytes, with what came back. */
function open(port: number, text: string) {
  const socket: Socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let said = '';
  socket.on('data', (bytes: Buffer) => {
    said += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.write(text);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { socket, said: () => said, closed };
}

async function inspect({ url, secrets: [secret = ''] }: Service): Promise<number> {
  const response = await fetch(`${url}/v1/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, connection: 'close' },
    body: new Uint8Array(PORTRAIT),
  });
  await response.arrayBuffer();
  return response.status;
}

it.skipIf(process.platform === 'win32')(
  'connections that send nothing, or nothing more, make room for one that does',
  async () => {
    const service = await startService(onTestFinished, { keys: ['honest'], files: 300 });
    const silent = ['', 'POST /v1/inspect HTTP/1.1\r\n', 'GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n'];
    for (let no = 0; no < 600; no++) open(service.port, silent[no % 3] ?? '');
    await sleep(500);
    for (let no = 0; no < 3; no++) expect(await inspect(service)).toBe(200);
  },
);

it('what is sent without a key is answered at once, and read neither for long nor without end', async () => {
  const service = await startService(onTestFinished, { keys: ['honest'], args: ['--deadline-ms', '2000'] });
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  const head = 'HTTP/1.1\r\nHost: h\r\n';
  const endless = open(service.port, `POST /v1/inspect ${head}Transfer-Encoding: chunked\r\n\r\n`);
  const pump = () => {
    while (!endless.socket.destroyed && endless.socket.write(chunk));
  };
  endless.socket.on('drain', pump);
  pump();
  const slow = ['/v1/inspect', '/v1/jobs', '/nowhere'].map((path) =>
    open(service.port, `POST ${path} ${head}Content-Length: 9000\r\n\r\nx`),
  );
  await Promise.all([endless, ...slow].map(({ closed }) => closed));
  expect(endless.said()).toContain('x-reason: key.missing');
  // A picture's worth, and what is on its way.
  expect(endless.socket.bytesWritten).toBeLessThan(200e6);
  expect(slow.map(({ said }) => / (\d+) /.exec(said())?.[1])).toEqual(['401', '401', '404']);
  expect(await inspect(service)).toBe(200);
});

it('lists that never end, and readers who wait, leave room for those of another key', async () => {
  const service = await startService(onTestFinished, { keys: ['slow', 'honest'] });
  const [slow = '', honest = ''] = service.secrets;
  const submit = async (secret: string, list: string) => {
    const headers = { authorization: `Bearer ${secret}` };
    const response = await fetch(`${service.url}/v1/jobs`, { method: 'POST', headers, body: list });
    await response.arrayBuffer();
    return { status: response.status, path: response.headers.get('location') };
  };
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  // Each of these jobs goes on for longer than the test.
  const jobs = { slow: await submit(slow, address), honest: await submit(honest, address) };

  const head = (line: string, secret: string) =>
    `${line} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${secret}\r\nConnection: close\r\n`;
  const list = 'Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n{';
  const lists = Array.from({ length: 80 }, () => open(service.port, head('POST /v1/jobs', slow) + list));
  const refused = () => lists.filter(({ said }) => said().includes('overload.queue')).length;
  await expect.poll(refused, { timeout: 10_000 }).toBeGreaterThan(30);
  expect(await submit(honest, address)).toMatchObject({ status: 202 });

  const read = ({ path }: { path: string | null }, seconds: number, secret: string) =>
    open(service.port, `${head(`GET ${path}/results?wait=${seconds}`, secret)}\r\n`);
  const readers: ReturnType<typeof open>[] = [];
  for (let no = 0; no < 60; no++) {
    readers.push(read(jobs.slow, 50, slow));
    // Slower than a key may ask.
    await sleep(60);
  }
  const answered = () => readers.filter(({ socket }) => socket.destroyed).length;
  await expect.poll(answered, { timeout: 10_000 }).toBeGreaterThan(10);
  expect(answered()).toBeLessThan(50);
  const begun = performance.now();
  const waits = read(jobs.honest, 2, honest);
  await waits.closed;
  expect(waits.said()).toContain(' 200 OK');
  expect(performance.now() - begun).toBeGreaterThan(1_500);
});

it('requests sent ahead of their answers keep nobody out, and hold nothing once their connection is gone', async () => {
  const service = await startService(onTestFinished, { keys: ['hostile', 'honest'] });
  const [hostile = '', honest = ''] = service.secrets;
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const post = (type: string, body: string) =>
    `POST /v1/inspect HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${hostile}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const first = post('application/json', JSON.stringify({ url }));
  const ahead = post('image/jpeg', 'no image').repeat(6);
  for (let no = 0; no < 24; no++) {
    const { socket } = open(service.port, first + ahead);
    await once(socket, 'connect');
    await sleep(50);
    socket.destroy();
  }
  expect(await inspect({ ...service, secrets: [hostile] })).toBe(200);

  const block = Buffer.from('GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(1_800));
  const floods = Array.from({ length: 4 }, () => {
    const flood = open(service.port, '');
    // It takes none of its answers.
    flood.socket.pause();
    const pump = () => {
      while (!flood.socket.destroyed && flood.socket.write(block));
    };
    flood.socket.on('drain', pump);
    pump();
    return flood;
  });
  for (let no = 0; no < 5; no++) expect(await inspect({ ...service, secrets: [honest] })).toBe(200);
  await Promise.all(floods.map(({ closed }) => closed));
});

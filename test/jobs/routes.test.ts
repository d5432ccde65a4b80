/** Jobs over HTTP: sent, followed, read in parts, cancelled, and nobody else's. */
import { createHmac } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_OPEN_JOBS } from '../../src/jobs/job.ts';
import type { InspectPool } from '../../src/workers/pool.ts';
import { serve, startPool } from '../server/build.ts';
import { blank, PORTRAIT } from '../server/pictures.ts';
import { build, type Cleanup, client } from './build.ts';

/** What stands before the line's own fault. */
const OF_A_LINE = 'A line of the list is out of definition.';

const cleanups: Cleanup[] = [];
const cleanup = (task: Cleanup) => void cleanups.unshift(task);
let pool: InspectPool;
let service: Awaited<ReturnType<typeof build>>;
let pictures: string;
let api: ReturnType<typeof client>;
const held = new Set<() => void>();

beforeAll(async () => {
  pool = await startPool(cleanup, { workers: 2 });
  const nothing = await blank(400, 400);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    if (path.startsWith('/held')) held.add(() => response.end(PORTRAIT));
    else if (path.startsWith('/missing')) response.writeHead(404).end();
    else response.end(path.startsWith('/blank') ? nothing : PORTRAIT);
  };
  pictures = await serve(cleanup, answer);
  service = await build(cleanup, pool);
  service.runner.start();
  api = client(service.url, service.key.secret);
});

afterAll(async () => {
  for (const task of cleanups) await task();
});

async function counted(keyId: string): Promise<number> {
  return (await service.store.usage({ keyId })).reduce((sum, { count }) => sum + count, 0);
}

describe('a job', () => {
  it('is taken at once, worked on, and each item is answered and counted once', async () => {
    const key = await service.createKey();
    const own = client(service.url, key.secret);
    const list = [
      `${pictures}/a.jpg`,
      '',
      '# a comment',
      JSON.stringify({ url: `${pictures}/blank.png`, id: 'mine' }),
      `${pictures}/missing.jpg`,
      'no address at all',
    ];
    const job = await own.create(list.join('\n'));
    expect(job).toMatchObject({ total: 4, answered: 0, webhook: null, state: 'queued' });
    expect(job).not.toHaveProperty('webhook_secret');

    const rows = await own.results(job.id, '?wait=20');
    expect(rows.map(({ cursor }) => cursor)).toEqual([1, 2, 3, 4]);
    const byItem = rows.sort((a, b) => a.item - b.item);
    expect(byItem[0]).toMatchObject({ url: `${pictures}/a.jpg`, pass: true, reason: null, faces: 1 });
    expect(byItem[1]).toMatchObject({ id: 'mine', pass: false, reason: 'face.none' });
    expect(byItem[2]).toMatchObject({ error: { code: 'download.http_status' } });
    expect(byItem[3]).toMatchObject({ url: 'no address at all', error: { code: 'url.invalid' } });

    expect(await own.read(`/${job.id}`)).toMatchObject({
      state: 'done',
      answered: 4,
      pass: 1,
      fail: 1,
      error: 2,
      reasons: { 'face.none': 1, 'download.http_status': 1, 'url.invalid': 1 },
      started_at: expect.any(String),
      ended_at: expect.any(String),
    });
    expect(await counted(key.id)).toBe(2);
  });

  it('gives its results in parts, by cursor', async () => {
    const job = await api.create(Array.from({ length: 40 }, (_, i) => `${pictures}/${i}.jpg`).join('\n'));
    const all = await api.results(job.id, '?wait=20');
    expect(new Set(all.map(({ item }) => item)).size).toBe(40);
    expect(await api.results(job.id, '?after=37')).toEqual(all.slice(37));
    expect(await api.results(job.id, '?after=40')).toEqual([]);
  });

  it('shows results as they come to a reader who waits, and what there is to one who does not', async () => {
    const job = await api.create(`${pictures}/first.jpg\n${pictures}/held/1.jpg`);
    const response = await api.call(`/${job.id}/results?wait=30`);
    const reader = Readable.fromWeb(response.body as never)[Symbol.asyncIterator]();
    expect(JSON.parse(String((await reader.next()).value))).toMatchObject({ cursor: 1, item: 1 });
    expect(await api.results(job.id)).toHaveLength(1);
    await expect.poll(() => held.size).toBe(1);
    for (const release of held) release();
    held.clear();
    expect(JSON.parse(String((await reader.next()).value))).toMatchObject({ cursor: 2, item: 2 });
    expect((await reader.next()).done).toBe(true);
  });

  it('takes JSON', async () => {
    const urls = [`${pictures}/a.jpg`, { url: `${pictures}/b.jpg`, id: 'b' }];
    const job = await api.create(JSON.stringify({ urls }), { type: 'application/json' });
    const rows = await api.results(job.id, '?wait=20');
    expect(rows.map(({ id }) => id).sort()).toEqual(['b', undefined]);
  });

  it('is judged for the generator that it names, in the query or in JSON', async () => {
    const one = `${pictures}/a.jpg`;
    const inQuery = await api.create(one, { query: '?for=hallo' });
    expect(inQuery).toMatchObject({ for: 'hallo' });
    const inBody = await api.create(JSON.stringify({ urls: [one], for: 'hallo' }), {
      type: 'application/json',
    });
    for (const { id } of [inQuery, inBody]) {
      expect(await api.results(id, '?wait=20')).toMatchObject([{ pass: false, reason: 'face.small' }]);
    }
    expect(await api.results((await api.create(one)).id, '?wait=20')).toMatchObject([{ pass: true }]);
  });

  it('does not come for a generator that is not known, and is told which there are', async () => {
    const urls = [`${pictures}/a.jpg`];
    const json = { 'content-type': 'application/json' };
    for (const [path, init] of [
      ['?for=halo', { body: urls[0] }],
      ['', { body: JSON.stringify({ urls, for: 'halo' }), headers: json }],
      ['', { body: JSON.stringify({ urls, for: 7 }), headers: json }],
    ] as const) {
      const response = await api.call(path, { method: 'POST', ...init });
      expect(response.headers.get('x-reason')).toBe('policy.invalid');
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('sadtalker, hallo') });
    }
  });

  it('ends when it is cancelled, and keeps what was answered', async () => {
    const job = await api.create(`${pictures}/a.jpg\n${pictures}/held/2.jpg`);
    await expect.poll(async () => (await api.read(`/${job.id}`)).answered, { timeout: 10_000 }).toBe(1);
    expect(await api.read(`/${job.id}`, { method: 'DELETE' })).toMatchObject({
      state: 'cancelled',
      answered: 1,
    });
    for (const release of held) release();
    held.clear();
    await sleep(300);
    expect(await api.read(`/${job.id}`)).toMatchObject({ state: 'cancelled', answered: 1 });
    expect(await api.results(job.id, '?wait=10')).toHaveLength(1);
  });

  it('is not there for another key', async () => {
    const job = await api.create(`${pictures}/a.jpg`);
    const foreign = client(service.url, (await service.createKey()).secret);
    for (const [path, method] of [
      [`/${job.id}`, 'GET'],
      [`/${job.id}/results`, 'GET'],
      [`/${job.id}`, 'DELETE'],
    ] as const) {
      const response = await foreign.call(path, { method });
      expect([response.status, response.headers.get('x-reason')]).toEqual([404, 'job.unknown']);
    }
    expect(await api.results(job.id, '?wait=10')).toHaveLength(1);
  });

  it('stops at the quota', async () => {
    const key = await service.createKey({ quota: 3 });
    const own = client(service.url, key.secret);
    const job = await own.create(Array.from({ length: 10 }, (_, i) => `${pictures}/${i}.jpg`).join('\n'));
    const rows = await own.results(job.id, '?wait=20');
    expect(rows).toHaveLength(10);
    expect(rows.filter(({ pass }) => pass)).toHaveLength(3);
    expect(rows.filter(({ error }) => error?.code === 'key.quota')).toHaveLength(7);
    expect(await counted(key.id)).toBe(3);
  });
});

describe('a list that cannot be', () => {
  it.each<[string, string, string, string]>([
    ['a torn line', '{"url": "http://a/"}\n{"url": ', 'job.line', `${OF_A_LINE} Line 2 is not JSON.`],
    ['no url', '\n\n{"id": "x"}', 'job.line', `${OF_A_LINE} Line 3: "url" is missing or not a string.`],
    [
      'a long line',
      `http://a/\n${'x'.repeat(11_000)}`,
      'job.line',
      `${OF_A_LINE} Line 2 is longer than 10240 bytes.`,
    ],
    [
      'nothing',
      '\n# nothing\n',
      'job.size',
      'The number of items is out of definition. The list has no items.',
    ],
  ])('%s', async (_, body, reason, message) => {
    const response = await api.call('', { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
    expect([response.status, response.headers.get('x-reason')]).toEqual([400, reason]);
    expect(await response.json()).toMatchObject({ message });
  });

  it.each<[string, string, string, string, string]>([
    [
      'a parameter that does not exist',
      '?webook=https://a.example/',
      '',
      'request.query',
      '"webhook" is meant',
    ],
    [
      'a member that does not exist',
      '',
      '{"urls": [], "callback": ""}',
      'body.invalid',
      '"webhook" is meant',
    ],
    ['a member of any name', '', '{"urls": [], "x y": ""}', 'body.invalid', '"urls", "webhook", "for"'],
    ['no address', '', '{"urls": []}', 'job.size', 'The list has no items.'],
    [
      'another webhook',
      '',
      '{"urls": ["http://a/"], "webhook": "ftp://a/"}',
      'job.webhook',
      'http:// or https://',
    ],
    [
      'JSON that is too long',
      '',
      `{"urls": ["${'x'.repeat(1024 * 1024)}"]}`,
      'body.too_large',
      '1048576 bytes',
    ],
  ])('%s', async (_, query, body, reason, part) => {
    const headers = { 'content-type': 'application/json' };
    const response = await api.call(query, { method: 'POST', body, headers });
    expect([response.status, response.headers.get('x-reason')]).toEqual([400, reason]);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(part) });
  });

  it('is refused while the rest is on its way', async () => {
    const rest = `${'http://a/\n'.repeat(200_000)}`;
    const response = await api.call('', {
      method: 'POST',
      body: `{"url": 1}\n${rest}`,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(await response.json()).toMatchObject({
      message: `${OF_A_LINE} Line 1: "url" is missing or not a string.`,
    });
  });

  it('leaves nothing behind when its sender goes away in the middle of it', async () => {
    const key = await service.createKey();
    const upload = request(`${service.url}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.secret}` },
    });
    upload.on('error', () => undefined);
    upload.write('http://a/\n'.repeat(5000));
    await sleep(200);
    upload.destroy();
    await sleep(200);
    const own = client(service.url, key.secret);
    const statuses: number[] = [];
    for (let i = 0; i < MOST_OPEN_JOBS; i++) {
      statuses.push((await own.call('', { method: 'POST', body: `${pictures}/held/${i}` })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([202]));
    const last = await own.call('', { method: 'POST', body: `${pictures}/a.jpg` });
    expect([last.status, last.headers.get('x-reason')]).toEqual([429, 'job.too_many']);
    await service.store.revokeKey(key.id);
    while (await service.jobs.sweep());
  });

  it('does not come with a webhook that is no address', async () => {
    const response = await api.call('?webhook=file:///x', { method: 'POST', body: 'http://a/' });
    expect(response.headers.get('x-reason')).toBe('job.webhook');
  });

  it('needs a key, and its rate', async () => {
    expect((await client(service.url, 'sk-nobody-knows-this-key').call('/1')).status).toBe(401);
    const slow = client(service.url, (await service.createKey({ qps: 1 })).secret);
    const statuses = await Promise.all(
      [1, 2].map(async () => (await slow.call('', { method: 'POST', body: 'http://a/' })).status),
    );
    expect(statuses.sort()).toEqual([202, 429]);
  });
});

it('calls the webhook at the end, signed with the secret of the job', async () => {
  const calls: { body: string; signature: string }[] = [];
  const receiver = await serve(cleanup, (request, response) => {
    void text(request).then((body) => {
      calls.push({ body, signature: String(request.headers['x-signature']) });
      // The first call gets lost, as calls do.
      response.writeHead(calls.length === 1 ? 503 : 204).end();
    });
  });
  const query = `?webhook=${encodeURIComponent(`${receiver}/done?x=1`)}`;
  const job = await api.create(`${pictures}/a.jpg`, { query });
  expect(job.webhook_secret).toMatch(/^whsec-/);
  expect(await api.read(`/${job.id}`)).not.toHaveProperty('webhook_secret');
  await expect.poll(() => calls.length, { timeout: 15_000 }).toBe(2);
  for (const { body, signature } of calls) {
    const expected = createHmac('sha256', String(job.webhook_secret)).update(body).digest('hex');
    expect(signature).toBe(`sha256=${expected}`);
  }
  expect(JSON.parse(calls[1].body)).toMatchObject({
    event: 'job.ended',
    attempt: 2,
    job: { id: job.id, state: 'done', pass: 1 },
  });
});

it('lets ten items through while two thousand of another key are worked on', async () => {
  const large = client(service.url, (await service.createKey()).secret);
  const small = client(service.url, (await service.createKey()).secret);
  const big = await large.create(
    Array.from({ length: 2000 }, (_, i) => `${pictures}/big/${i}.jpg`).join('\n'),
  );
  await expect.poll(async () => Number((await large.read(`/${big.id}`)).answered)).toBeGreaterThan(0);
  const job = await small.create(Array.from({ length: 10 }, (_, i) => `${pictures}/${i}.jpg`).join('\n'));
  expect(await small.results(job.id, '?wait=40')).toHaveLength(10);
  const { answered } = await large.read(`/${big.id}`);
  expect(answered).toBeLessThan(1000);
  await large.read(`/${big.id}`, { method: 'DELETE' });
});

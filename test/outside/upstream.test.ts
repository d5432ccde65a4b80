/** What is not served here goes on to another service: as its client, as an attacker, and as that service. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { start } from '../cli/spawn.ts';
import { exchangeRaw } from '../server/raw.ts';
import { command, KEY, type Serving, serve } from './serving.ts';
import { startUpstream, type Upstream } from './upstream-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 150_000 });

/** A key as the vendor makes them, which is adopted. */
const THEIRS = 'sk-9c41f7a03be84d2f95d06e1c7ab38f52';
const MIB = 1024 * 1024;
const DETECT = '/api/v1/services/aigc/image2video/face-detect';
/** How long the upstream may be silent, in ms. */
const WAIT_MS = 1_500;

const cleanup = cleanupAfterAll();
let upstream: Upstream;
let service: Serving;
let port: number;
/** A key that was made here. */
let own: string;
let metricsUrl: string;

beforeAll(async () => {
  upstream = await startUpstream(cleanup);
  const folder = mkdtempSync(join(tmpdir(), 'lpd-'));
  cleanup(() => rmSync(folder, { recursive: true, force: true }));
  own = (await command(folder, 'keys', 'create', '--name', 'ours', '--qps', '1000')).trim();
  const adopting = start(['keys', 'create', '--name', 'theirs', '--secret-stdin', '--qps', '1000'], {
    env: { LPD_DATA_DIR: folder },
    isFed: true,
  });
  adopting.child.stdin?.end(`${THEIRS}\n`);
  expect(await adopting.ended).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-f]{16}\n$/) });
  service = await serve(cleanup, folder, {
    args: ['--upstream', upstream.url, '--upstream-wait-ms', String(WAIT_MS), '--upstream-connections', '6'],
    env: { LPD_METRICS_PORT: '0', LPD_MODEL_NAMES: 'mine=emo-detect-v1' },
  });
  port = Number(new URL(service.url).port);
  metricsUrl = /"metrics":"([^"]+)"/.exec(service.said())?.[1] ?? '';
});
beforeEach(() => void upstream.asked.splice(0));

const headersOf = (key: string) => ({ authorization: `Bearer ${key}` });
const call = (path: string, init: RequestInit = {}, key = THEIRS) =>
  fetch(service.url + path, { redirect: 'manual', ...init, headers: { ...headersOf(key), ...init.headers } });
/** Sends lines of a head with the key, and reads one answer. */
async function raw(first: string, ...lines: string[]) {
  const head = [first, 'Host: here', `Authorization: Bearer ${THEIRS}`, ...lines].join('\r\n');
  const [answer] = await exchangeRaw(port, [`${head}\r\n\r\n`]);
  return answer;
}

describe('what goes on', () => {
  it('arrives as it was sent, and so does the answer', async () => {
    const body = JSON.stringify({ model: 'qwen-plus', input: { prompt: 'x' } });
    const answer = await call('/api/v1/services/aigc/text-generation/generation?a=%2F&b=1', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'X-DashScope-WorkSpace': 'ws',
        'X-DashScope-Async': 'enable',
      },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { by: 'upstream' }]);
    const [asked] = upstream.asked;
    expect(asked).toMatchObject({
      method: 'POST',
      url: '/api/v1/services/aigc/text-generation/generation?a=%2F&b=1',
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    expect(asked?.raw).toEqual(expect.arrayContaining([`Bearer ${THEIRS}`, 'ws', 'enable']));
    for (const [method, path] of [
      ['GET', '/api/v1/tasks/0385dc79-5ff8'],
      ['DELETE', '/api/v1/files/1'],
      ['PUT', '/compatible-mode/v1/%E4%B8%AD'],
      ['HEAD', '//api/v1//tasks/1'],
      ['OPTIONS', '/api/v1/tasks/1'],
    ] as const) {
      expect((await call(path, { method })).status, path).toBe(200);
      expect(upstream.asked.at(-1)).toMatchObject({ method, url: path, bytes: 0 });
    }
  });

  it('loses what is of one connection and of the proxies in front, and nothing is put to it', async () => {
    const private_ = [
      'X-Forwarded-For: 10.1.2.3',
      'X-Forwarded-Host: inside',
      'Forwarded: for=10.1.2.3',
      'Via: 1.1 inside',
    ];
    const hop = [
      'Connection: close, X-Hop',
      'X-Hop: 1',
      'TE: trailers',
      'Upgrade: websocket',
      'Proxy-Authorization: x',
    ];
    await raw(
      'GET /api/v1/tasks/1 HTTP/1.1',
      ...private_,
      ...hop,
      'X-Real-IP: 10.1.2.3',
      'X-KEPT: a',
      'x-kept: b',
    );
    const [asked] = upstream.asked;
    const sent = new Map<string, string[]>();
    asked?.raw.forEach((name, at, all) => {
      if (at % 2 === 0) sent.set(name, [...(sent.get(name) ?? []), all[at + 1] ?? '']);
    });
    expect(Object.fromEntries(sent)).toEqual({
      host: [new URL(upstream.url).host],
      connection: ['keep-alive'],
      Authorization: [`Bearer ${THEIRS}`],
      'X-KEPT': ['a'],
      'x-kept': ['b'],
    });
  });

  it('brings back headers as they are, but for those of the connection, and none of ours', async () => {
    const answer = await raw('GET /api/v1/x/odd HTTP/1.1');
    expect(answer?.body).toBe('bytes');
    expect([...(answer?.headers.keys() ?? [])].sort()).toEqual([
      'connection',
      'content-encoding',
      'content-length',
      'date',
      'keep-alive',
      'set-cookie',
      'x-bytes',
      'x-kept',
    ]);
    const fetched = await call('/api/v1/x/refused');
    expect([fetched.status, fetched.headers.get('x-request-id'), fetched.headers.get('x-reason')]).toEqual([
      401,
      'theirs',
      null,
    ]);
    expect(await fetched.json()).toHaveProperty('request_id', 'theirs');
    const bytes = await call('/api/v1/x/down');
    expect([bytes.status, bytes.statusText, await bytes.text()]).toEqual([503, 'Gone Fishing', 'later']);
    const moved = await call('/api/v1/x/elsewhere');
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/else']);
    expect(await (await call('/api/v1/x/hints')).text()).toBe('ok');
    expect(upstream.asked.filter(({ url }) => url.includes('else')).length).toBe(1);
  });

  it('comes event by event, for longer than any deadline of ours', async () => {
    const answer = await call('/api/v1/x/sse', { method: 'POST', body: '{}' });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const times: number[] = [];
    for await (const _ of answer.body ?? []) times.push(performance.now());
    // Four events, 200 ms apart: they were not gathered.
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
  });

  it('ends where the caller hangs up in the middle of a body', async () => {
    const sent = request(`${service.url}/api/v1/files`, {
      method: 'POST',
      headers: { ...headersOf(THEIRS), 'content-length': 10 * MIB },
    });
    sent.on('error', () => undefined).write(Buffer.alloc(MIB));
    await vi.waitFor(() => expect(upstream.open()).toBe(1), { timeout: 5_000 });
    sent.destroy();
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
    expect(upstream.asked).toEqual([]);
  });

  it('may have a body with any verb, and be of HTTP/1.0', async () => {
    const body = 'five!';
    const head = ['Host: x', `Authorization: Bearer ${THEIRS}`, 'Content-Length: 5', 'Expect: 100-continue'];
    const get = ['GET /api/v1/tasks/1 HTTP/1.1', ...head, 'Connection: close'].join('\r\n');
    await exchangeRaw(port, [`${get}\r\n\r\n${body}`], 2);
    const old = ['DELETE /api/v1/tasks/2 HTTP/1.0', ...head.slice(1, 3)].join('\r\n');
    const [answer] = await exchangeRaw(port, [`${old}\r\n\r\n${body}`]);
    expect(answer?.status).toBe(200);
    expect(upstream.asked.map(({ method, bytes }) => [method, bytes])).toEqual([
      ['GET', 5],
      ['DELETE', 5],
    ]);
  });

  it('is not held: 100 MB up and 100 MB down to a slow reader take no memory', async () => {
    const before = memoryOf(service.pid);
    const hash = createHash('sha256');
    let left = 100;
    const body = new Readable({
      read() {
        if (left-- === 0) return void this.push(null);
        const piece = Buffer.alloc(MIB, left);
        hash.update(piece);
        this.push(piece);
      },
    });
    const sent = request(`${service.url}/api/v1/files`, {
      method: 'POST',
      headers: { ...headersOf(THEIRS), 'content-length': 100 * MIB },
    });
    const answered = new Promise<number | undefined>((resolve, reject) =>
      sent.once('response', (answer) => resolve(answer.resume().statusCode)).once('error', reject),
    );
    body.pipe(sent);
    expect(await answered).toBe(200);
    expect(upstream.asked).toMatchObject([{ bytes: 100 * MIB, sha256: hash.digest('hex') }]);
    expect(upstream.asked[0]?.raw).toContain(String(100 * MIB));
    const flood = await call('/api/v1/x/flood');
    // Nobody reads for a while: the upstream has to wait.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(memoryOf(service.pid) - before).toBeLessThan(120);
    let bytes = 0;
    for await (const piece of flood.body ?? []) bytes += piece.length;
    expect(bytes).toBe(100 * MIB);
    expect(memoryOf(service.pid) - before).toBeLessThan(150);
  });

  it('ends where the caller hangs up', async () => {
    const gone = new AbortController();
    const answer = await call('/api/v1/x/endless', { signal: gone.signal });
    expect(answer.status).toBe(200);
    expect(upstream.open()).toBe(1);
    gone.abort();
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
    const waiting = new AbortController();
    const mute = call('/api/v1/x/mute', { signal: waiting.signal }).catch(() => undefined);
    await vi.waitFor(() => expect(upstream.open()).toBe(1), { timeout: 5_000 });
    waiting.abort();
    await mute;
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
  });
});

describe('an upstream that fails', () => {
  it.each([
    ['reset', 502, 'upstream.broken'],
    ['garbage', 502, 'upstream.broken'],
    ['huge', 502, 'upstream.broken'],
    ['interim', 502, 'upstream.broken'],
    ['mute', 504, 'upstream.timeout'],
  ])('is told apart from one that answers: %s', async (name, status, reason) => {
    const answer = await call(`/api/v1/x/${name}`, { method: 'POST', body: '{}' });
    const body = (await answer.json()) as object;
    expect([answer.status, answer.headers.get('x-reason')]).toEqual([status, reason]);
    expect(Object.keys(body).sort()).toEqual(['code', 'message', 'request_id']);
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|UND_|stack|x{9}/);
    expect(upstream.asked.length).toBe(1);
  });

  it.each(['broken', 'stuck'])('within its answer cuts the answer off: %s', async (name) => {
    const answer = await call(`/api/v1/x/${name}`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('that answers before it has read all is heard', async () => {
    const body = Readable.toWeb(
      Readable.from(
        (function* () {
          for (let at = 0; at < 8; at++) yield Buffer.alloc(MIB);
        })(),
      ),
    ) as unknown as ReadableStream;
    const answer = await call('/api/v1/x/early', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect([answer.status, await answer.text()]).toEqual([413, 'too much']);
  });
});

describe('what stays', () => {
  it('is all that is served here, its errors too, and what is of this host', async () => {
    for (const [method, path, status] of [
      ['GET', DETECT, 400],
      ['POST', '/api/v1/uploads', 405],
      ['GET', '/api/v1/uploads/objects', 400],
      ['GET', '/api/v1/uploads/else', 404],
      ['GET', '/v1/inspekt', 404],
      ['GET', '/v1/jobs/none', 404],
      ['GET', '/metrics', 404],
      ['GET', '/Metrics', 404],
      ['GET', '/%6detrics', 404],
      ['GET', '/health', 404],
      ['GET', '/docs/nothing', 404],
      ['GET', '/favicon.ico', 404],
      ['GET', '/.env', 404],
      ['GET', '/assets/nothing.js', 404],
    ] as const) {
      const answer = await call(path, { method });
      expect([answer.status, answer.headers.has('x-reason')], path).toEqual([status, true]);
    }
    const page = await raw('GET /api/v1/tasks/1 HTTP/1.1', 'Sec-Fetch-Mode: navigate');
    expect(page?.headers.get('x-reason')).toBe('request.path');
    expect(upstream.asked).toEqual([]);
  });

  it.each([
    ['/api/v1/../../metrics', 404],
    ['/api/v1/%2e%2e/tasks', 404],
    ['/api/v1/%252e%252e/tasks', 404],
    ['/api/v1/..%2ftasks', 404],
    ['/api/v1/..;/tasks', 404],
    ['/api/v1/%5c..%5ctasks', 404],
    ['/api\\v1\\tasks', 404],
    ['\\\\evil\\x', 400],
    ['/api/v1/tasks%00', 404],
    ['/api/v1/tasks%0d%0aX:%20y', 404],
    ['/api/v1/tasks#x', 404],
    ['//evil.example/api', 404],
    ['http://evil.example/api/v1/tasks/1', 404],
    ['https:evil.example', 400],
    [`${DETECT}%2F`, 400],
    ['/api/v1/services/aigc/image2video%2Fface-detect', 400],
    ['/api/v1/services/aigc/image2video/face-detect;x=1', 400],
    ['/api/v1/services/aigc/image2video/Face-Detect', 400],
  ])('is a path in disguise: %s', async (target, status) => {
    const answer = await raw(`GET ${target} HTTP/1.1`);
    expect(answer?.status).toBe(status);
    expect(upstream.asked).toEqual([]);
  });

  it.each([
    ['two lengths', ['Content-Length: 3', 'Content-Length: 4']],
    ['a length and chunks', ['Content-Length: 3', 'Transfer-Encoding: chunked']],
    ['a coding that is no chunks', ['Transfer-Encoding: gzip, chunked']],
    ['chunks in disguise', ['Transfer-Encoding: xchunked']],
    ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['two keys', [`Authorization: Bearer ${KEY}`]],
    ['two hosts', ['Host: there']],
  ])('is a request that two servers could read in two ways: %s', async (_name, lines) => {
    const answer = await raw('POST /api/v1/tasks HTTP/1.1', ...lines);
    expect([answer?.status, answer?.headers.get('x-reason')]).toEqual([400, 'request.malformed']);
    expect(upstream.asked).toEqual([]);
  });

  it('is what hides behind a body: the next request is one of its own', async () => {
    const hidden = `GET /api/v1/tasks/hidden HTTP/1.1\r\nHost: x\r\n\r\n`;
    const head = ['POST /api/v1/tasks/seen HTTP/1.1', 'Host: x', `Authorization: Bearer ${THEIRS}`];
    const chunks = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
    const answers = await exchangeRaw(port, [
      `${[...head, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n${chunks}`,
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200]);
    expect(upstream.asked.map(({ url, bytes }) => [url, bytes])).toEqual([
      ['/api/v1/tasks/seen', hidden.length],
    ]);
  });

  it('is every call without a key that is known here, and every key that was made here', async () => {
    const at = '/api/v1/tasks/1';
    for (const [headers, reason] of [
      [{}, 'key.missing'],
      [{ authorization: 'Bearer sk-00000000000000000000000000000000' }, 'key.invalid'],
      [{ authorization: `Bearer ${own}` }, 'upstream.own_key'],
      [{ 'x-api-key': own, authorization: `Bearer ${THEIRS}` }, 'upstream.own_key'],
      [{ 'x-other': `key=${own}`, authorization: `Bearer ${THEIRS}` }, 'upstream.own_key'],
    ] as const) {
      const answer = await fetch(service.url + at, { headers });
      expect([answer.status, answer.headers.get('x-reason')]).toEqual([401, reason]);
    }
    expect(upstream.asked).toEqual([]);
    expect((await fetch(service.url + at, { headers: { 'x-api-key': THEIRS } })).status).toBe(200);
  });
});

describe('models', () => {
  const ask = (model: string, key = THEIRS) =>
    call(DETECT, { method: 'POST', body: JSON.stringify({ model, input: {} }) }, key);

  it('that are not served here go on from a path that is', async () => {
    expect(await (await ask('emo-detect-v2')).json()).toEqual({ by: 'upstream' });
    expect(upstream.asked).toMatchObject([{ method: 'POST', url: DETECT, bytes: 36 }]);
    for (const [model, reason] of [
      ['liveportrait-detect', 'url.missing'],
      ['mine', 'url.missing'],
      ['animate-anyone-detect-gen2', 'model.unknown'],
      ['', 'model.missing'],
    ]) {
      const answer = await ask(model ?? '');
      expect([answer.headers.get('x-reason'), answer.status], model).toEqual([reason, 400]);
    }
    const zipped = gzipSync(JSON.stringify({ model: 'emo-detect-v2', input: {} }));
    const coded = { 'content-encoding': 'gzip' };
    expect((await call(DETECT, { method: 'POST', body: zipped, headers: coded })).status).toBe(200);
    expect(upstream.asked.at(-1)).toMatchObject({ bytes: 36 });
    expect(upstream.asked.pop()?.raw.map((name) => name.toLowerCase())).not.toContain('content-encoding');
    expect((await ask('emo-detect-v2', own)).headers.get('x-reason')).toBe('model.unknown');
    expect(upstream.asked.length).toBe(1);
  });

  it('have their uploads where they are', async () => {
    const leave = async (model: string, key = THEIRS) =>
      (await call(`/api/v1/uploads?action=getPolicy${model}`, {}, key)).json();
    for (const model of [
      '',
      '&model=liveportrait',
      '&model=emo-v1',
      '&model=mine',
      '&model=wan2.2-s2v-detect',
    ])
      expect(await leave(model), model).toHaveProperty(
        'data.upload_host',
        `${service.url}/api/v1/uploads/objects`,
      );
    expect(await leave('&model=qwen-vl-plus', own)).toHaveProperty('data.upload_host');
    expect(upstream.asked).toEqual([]);
    expect(await leave('&model=qwen-vl-plus')).toEqual({ by: 'upstream' });
    expect(upstream.asked).toMatchObject([{ url: '/api/v1/uploads?action=getPolicy&model=qwen-vl-plus' }]);
  });
});

describe('bounds and books', () => {
  it('no key has all places, and what finds none is told so', async () => {
    const gone = new AbortController();
    const calls = Array.from({ length: 6 }, () => call('/api/v1/x/endless', { signal: gone.signal }));
    const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const other = await call('/api/v1/tasks/1', {}, KEY);
    expect(other.status).toBe(200);
    gone.abort();
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
    expect((await call('/api/v1/tasks/1')).status).toBe(200);
  });

  it('without keys, places are shared by address, which only a named proxy can tell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-'));
    cleanup(() => rmSync(folder, { recursive: true, force: true }));
    const callers = ['--upstream-callers', 'anyone', '--upstream-connections', '3'];
    const { url } = await serve(cleanup, folder, {
      args: ['--upstream', upstream.url, ...callers, '--trusted-proxies', '127.0.0.2, 127.0.0.1/32'],
    });
    const gone = new AbortController();
    const from = async (address: string) => {
      const headers = { 'x-forwarded-for': `made.up, ${address}` };
      return (await fetch(`${url}/api/v1/x/endless`, { signal: gone.signal, headers })).status;
    };
    // The proxy of the test is believed: the last address is a caller's, whatever is before it.
    expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([
      200, 200, 429,
    ]);
    expect(await from('2001:db8::1')).toBe(200);
    expect(upstream.asked.every(({ raw: sent }) => !sent.some((text) => /^authorization$/i.test(text)))).toBe(
      true,
    );
    gone.abort();
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
    const shown = await fetch(`${url}/api/v1/tasks/1`, { headers: headersOf(own) });
    expect([shown.status, shown.headers.get('x-reason')]).toEqual([401, 'upstream.own_key']);
  });

  it('the log and the metrics have a line for each, without a path, a query or a key', async () => {
    await (await call('/api/v1/tasks/secret-task?token=t0p')).text();
    await vi.waitFor(() => expect(service.said()).toMatch(/"route":"upstream","status":200/), {
      timeout: 5_000,
    });
    for (const hidden of [THEIRS, 'secret-task', 't0p']) expect(service.said()).not.toContain(hidden);
    const metrics = await text((await fetch(metricsUrl)).body as never);
    expect(metrics).toMatch(/lpd_requests_total\{route="upstream",status="200",code=""\} \d+/);
    expect(metrics).toMatch(/lpd_upstream_bytes_total\{direction="to"\} \d{9}/);
    expect(metrics).toMatch(/lpd_upstream_bytes_total\{direction="from"\} \d{9}/);
    expect(metrics).toMatch(/lpd_upstream_open 0/);
    expect(metrics).toMatch(/lpd_stage_duration_seconds_count\{stage="upstream"\} \d+/);
  });

  it('callers who hang up at once hold no place', async () => {
    const head = ['POST /api/v1/x/endless HTTP/1.1', 'Host: x', `Authorization: Bearer ${THEIRS}`];
    for (let round = 0; round < 20; round++) {
      const sockets = Array.from({ length: 10 }, () =>
        connect(port, '127.0.0.1').on('error', () => undefined),
      );
      for (const socket of sockets)
        socket.write(`${head.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
      await Promise.all(sockets.map((socket) => socket.closed || once(socket, 'close')));
    }
    const open = async () =>
      expect(await (await fetch(metricsUrl)).text()).toContain('lpd_upstream_open 0\n');
    await vi.waitFor(open, { timeout: 10_000 });
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
  });
});

/** Memory of a process in MiB. */
function memoryOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

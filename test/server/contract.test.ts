/** Every row of the contract's table of errors, over a socket. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, type ErrorCode } from '../../src/errors.ts';
import { build, serve } from './build.ts';
import { blank, PORTRAIT } from './pictures.ts';
import { exchangeRaw, type RawAnswer } from './raw.ts';

const PATH = '/api/v1/services/aigc/image2video/face-detect';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MODEL = 'liveportrait-detect';

let service: Awaited<ReturnType<typeof build>>;
let images: string;
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  service = await build(afterAll);
  images = await serve(afterAll, (request, response) => {
    const file = files.get(request.url ?? '');
    if (file) response.end(file);
    else response.writeHead(404).end();
  });
  files.set('/portrait', PORTRAIT);
  files.set('/blank', await blank(400, 400));
  files.set('/edge', await blank(4097, 3000));
  files.set('/aspect', await blank(801, 400));
  files.set('/gif', Buffer.from('GIF89a, or so it says, and then some more'));
  files.set('/cut', (await blank(600, 600, 'jpeg')).subarray(0, 40));
  files.set('/large', Buffer.concat([await blank(64, 64, 'jpeg'), Buffer.alloc(10 * 1024 * 1024)]));
});

interface Sent {
  readonly verb?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** One request as bytes; what is not said is as in a good one. */
function request({ verb = 'POST', path = PATH, headers, body = '' }: Sent): string {
  const all = { Host: 'h', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${verb} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const bodyFor = (file: string) => JSON.stringify({ model: MODEL, input: { image_url: `${images}${file}` } });
const good = (sent: Sent): Sent => ({ ...sent, headers: { ...bearer(service.key.secret), ...sent.headers } });

async function ask(sent: Sent): Promise<RawAnswer> {
  const [answer] = await exchangeRaw(service.port, [request(sent)]);
  return answer!;
}

/** What holds for every answer, and what the catalogue says of this one. */
function expectError(answer: RawAnswer, reason: ErrorCode, message: string = CATALOGUE[reason].message) {
  expect(answer.headers.get('x-reason')).toBe(reason);
  expect(answer.status).toBe(CATALOGUE[reason].status);
  expect(answer.headers.get('content-type')).toBe('application/json');
  const id = answer.headers.get('x-request-id');
  expect(id).toMatch(UUID);
  expect(answer.body).toBe(JSON.stringify({ code: CATALOGUE[reason].code, message, request_id: id }));
}

describe('the answers', () => {
  it('passes a portrait, with exactly the documented members', async () => {
    const answer = await ask(good({ body: bodyFor('/portrait') }));
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(UUID);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.has('x-reason')).toBe(false);
    expect(answer.body).toBe(
      `{"output":{"pass":true,"message":""},"usage":{"image_count":1},"request_id":"${id}"}`,
    );
  });

  it('fails a picture without a face, and says why in x-reason', async () => {
    const answer = await ask(good({ path: `${PATH}/`, body: bodyFor('/blank') }));
    const id = answer.headers.get('x-request-id');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-reason')).toBe('face.none');
    expect(answer.body).toBe(
      `{"output":{"pass":false,"message":"No human face detected."},"usage":{"image_count":1},"request_id":"${id}"}`,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['no type at all', {}],
    ['a type that is none', { 'Content-Type': '///;;=' }],
    ['text/plain', { 'Content-Type': 'text/plain' }],
    ['a charset', { 'Content-Type': 'application/json; charset=utf-8' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ])('reads the body as JSON with %s', async (_name, headers) => {
    const answer = await ask(good({ headers, body: bodyFor('/blank') }));
    expect(answer.status).toBe(200);
  });

  it('tolerates what the vendor tolerates', async () => {
    const headers = {
      'X-DashScope-Async': 'disable',
      'X-DashScope-WorkSpace': 'w',
      'X-DashScope-DataInspection': 'enable',
      'X-DashScope-SSE': 'enable',
      Accept: 'text/event-stream',
      Expect: 'something-else',
    };
    const body = JSON.stringify({ ...JSON.parse(bodyFor('/blank')), parameters: {}, more: [1] });
    expect((await ask(good({ headers, body }))).status).toBe(200);
  });
});

describe('the table of errors', () => {
  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'BREW'])(
    'row 1: %s',
    async (verb) => {
      for (const path of [PATH, `${PATH}/`, `${PATH}?a=b`]) {
        expectError(
          await ask({ verb, path }),
          'request.method',
          `Request method '${verb}' is not supported.`,
        );
      }
    },
  );

  it('row 1: HEAD, whose answer has no body', async () => {
    const raw = `HEAD ${PATH} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
    const response = await fetch(`${service.url}${PATH}`, { method: 'HEAD' });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-reason')).toBe('request.method');
    expect((await exchangeRaw(service.port, [raw]).catch(() => [])).length).toBeLessThanOrEqual(1);
  });

  it.each<[string, Record<string, string>, ErrorCode]>([
    ['2: no key', {}, 'key.missing'],
    ['2: an empty key', { Authorization: 'Bearer ' }, 'key.missing'],
    ['3: an unknown key', bearer(`sk-${'x'.repeat(40)}`), 'key.invalid'],
    ['3: another scheme', { Authorization: 'Basic YTpi' }, 'key.invalid'],
    ['3: a malformed key', bearer('\u00ff\u00ff'), 'key.invalid'],
  ])('row %s', async (_name, headers, reason) => {
    expectError(await ask({ headers, body: 'no JSON' }), reason);
  });

  it('row 3: a revoked key, within a second', async () => {
    const { id, secret } = await service.createKey();
    expect((await ask({ headers: bearer(secret), body: bodyFor('/blank') })).status).toBe(200);
    await service.store.revokeKey(id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expectError(await ask({ headers: bearer(secret) }), 'key.invalid');
  });

  it('row 4: a key for another model', async () => {
    const { secret } = await service.createKey({ models: ['emo-detect'] });
    expectError(await ask({ headers: bearer(secret) }), 'key.model');
  });

  it('row 5: over the rate', async () => {
    const { secret } = await service.createKey({ qps: 1 });
    const sent = { headers: bearer(secret), body: '{}' };
    expectError(await ask(sent), 'model.missing');
    expectError(await ask(sent), 'key.rate');
  });

  it('row 6: over the quota, of which errors take nothing', async () => {
    const { secret } = await service.createKey({ quota: 1 });
    const headers = bearer(secret);
    expectError(await ask({ headers, body: '{}' }), 'model.missing');
    expect((await ask({ headers, body: bodyFor('/blank') })).status).toBe(200);
    expectError(await ask({ headers, body: bodyFor('/blank') }), 'key.quota');
  });

  it('row 7: an asynchronous call', async () => {
    const headers = { 'X-DashScope-Async': 'enable' };
    expectError(await ask(good({ headers, body: 'no JSON' })), 'request.async');
  });

  it('row 8: too large a body, announced or not', async () => {
    const large = JSON.stringify({ a: 'x'.repeat(1024 * 1024) });
    expectError(await ask(good({ body: large })), 'body.too_large');
    const head = request(good({ headers: { 'Transfer-Encoding': 'chunked' } })).replace(
      'Content-Length: 0\r\n',
      '',
    );
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const [answer] = await exchangeRaw(service.port, [head, ...Array(17).fill(chunk)]);
    expectError(answer!, 'body.too_large');
  });

  const input = { image_url: 'http://a/a.jpg' };
  it.each<[string, unknown, ErrorCode]>([
    ['9: no body', undefined, 'body.invalid'],
    ['9: an array', [], 'body.invalid'],
    ['10', { input }, 'model.missing'],
    ['11', { model: 'emo', input }, 'model.unknown'],
    ['12', { model: MODEL }, 'input.missing'],
    ['13', { model: MODEL, input: 'x' }, 'input.type'],
    ['14', { model: MODEL, input: { image_url: '' } }, 'url.missing'],
    ['15: a number as URL', { model: MODEL, input: { image_url: 1 } }, 'url.type'],
    ['15: a number as model', { model: 1, input }, 'model.type'],
    ['16: a path', { model: MODEL, input: { image_url: '/etc/passwd' } }, 'url.invalid'],
    ['16: oss', { model: MODEL, input: { image_url: 'oss://a/b' } }, 'url.invalid'],
    ['16: user info', { model: MODEL, input: { image_url: 'http://u:p@a/' } }, 'url.invalid'],
    [
      '17: a refused address',
      { model: MODEL, input: { image_url: 'http://169.254.169.254/' } },
      'download.unreachable',
    ],
    [
      '17: an unreachable one',
      { model: MODEL, input: { image_url: 'http://127.0.0.1:9/' } },
      'download.unreachable',
    ],
  ])('row %s', async (_name, body, reason) => {
    expectError(await ask(good({ body: JSON.stringify(body) ?? '' })), reason);
  });

  it.each<[string, string, ErrorCode]>([
    ['17: an HTTP failure', '/nowhere', 'download.http_status'],
    ['18: 10 MB', '/large', 'download.too_large'],
    ['19: another format', '/gif', 'image.unsupported'],
    ['19: damaged', '/cut', 'image.corrupt'],
    ['20: too long an edge', '/edge', 'image.edge'],
    ['20: too long a shape', '/aspect', 'image.aspect'],
  ])('row %s', async (_name, file, reason) => {
    expectError(await ask(good({ body: bodyFor(file) })), reason);
  });

  it.each<[string, ErrorCode]>([
    ['/api/v1/services/', 'request.task'],
    ['/api/v1/services/aigc/other', 'request.task'],
    ['/api/v1/services/%zz', 'request.task'],
    ['/api/v1/services', 'request.path'],
    ['/%', 'request.path'],
    [`/${'a/'.repeat(500)}`, 'request.path'],
    ['/favicon.ico?x=1', 'request.path'],
  ])('an unknown path: %s', async (path, reason) => {
    expectError(await ask({ verb: 'GET', path }), reason);
    const headers = { 'Content-Type': '///' };
    expectError(await ask({ path, headers, body: 'x' }), reason);
  });
});

describe('what the vendor has beside', () => {
  it.each([
    ['/api/v1/services/aigc/text-generation/generation', 400, 'task can not be null', 'text generation'],
    [
      '/api/v1//services/aigc/image2video/video-synthesis',
      400,
      'task can not be null',
      'videos from portraits',
    ],
    ['/api/v1/tasks/1', 404, 'Not found!', 'state of an asynchronous task'],
    ['/compatible-mode/v1/chat/completions', 404, 'Not found!', 'form of OpenAI'],
  ])('is named where it is not served: %s', async (path, status, start, what) => {
    const answer = await ask({ path, body: '{}' });
    const { message } = JSON.parse(answer.body);
    expect(answer.status).toBe(status);
    expect(message.startsWith(`${start} This is the vendor's `)).toBe(true);
    expect(message).toContain(what);
    expect(message).toContain('docs/migrating.md');
  });
});

describe('what is hardly HTTP', () => {
  it.each<[string, string, ErrorCode]>([
    ['no HTTP at all', 'hello\r\n\r\n', 'request.malformed'],
    ['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00', 'request.malformed'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'request.malformed'],
    ['no Host', `POST ${PATH} HTTP/1.1\r\n\r\n`, 'request.malformed'],
    [
      'large headers',
      `POST ${PATH} HTTP/1.1\r\nHost: h\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
      'request.malformed',
    ],
    [
      'two lengths',
      `POST ${PATH} HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
      'request.malformed',
    ],
    ['a bad header', `POST ${PATH} HTTP/1.1\r\nHost: h\r\nA b: c\r\n\r\n`, 'request.malformed'],
  ])('answers %s in JSON', async (_name, bytes, reason) => {
    const [answer] = await exchangeRaw(service.port, [bytes]);
    expectError(answer!, reason);
  });

  it('answers CONNECT in JSON', async () => {
    const [answer] = await exchangeRaw(service.port, ['CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n']);
    expectError(answer!, 'request.method', "Request method 'CONNECT' is not supported.");
  });

  it('answers HTTP/1.0, without a Host', async () => {
    const text = request(good({ body: bodyFor('/blank') }))
      .replace('HTTP/1.1', 'HTTP/1.0')
      .replace('Host: h\r\n', '');
    const [answer] = await exchangeRaw(service.port, [text]);
    expect(answer?.status).toBe(200);
  });

  it('answers a body in small chunks', async () => {
    const head = request(good({ headers: { 'Transfer-Encoding': 'chunked' } })).replace(
      'Content-Length: 0\r\n',
      '',
    );
    const chunks = [...bodyFor('/blank')].map((character) => `1\r\n${character}\r\n`);
    const [answer] = await exchangeRaw(service.port, [head, ...chunks, '0\r\n\r\n']);
    expect(answer?.status).toBe(200);
  });

  it('answers a broken chunk', async () => {
    const head = request(good({ headers: { 'Transfer-Encoding': 'chunked' } })).replace(
      'Content-Length: 0\r\n',
      '',
    );
    const [answer] = await exchangeRaw(service.port, [head, 'zz\r\n\r\n']);
    expectError(answer!, 'request.malformed');
  });

  it('answers pipelined requests in their order, and what is broken behind them last', async () => {
    const first = request(good({ body: bodyFor('/blank') }));
    const second = request({ verb: 'GET', path: '/nowhere' });
    const answers = await exchangeRaw(service.port, [first + second + first, 'garbage\r\n\r\n'], 4);
    expect(answers.map((answer) => answer.status)).toEqual([200, 404, 200, 400]);
    const ids = new Set(answers.map((answer) => answer.headers.get('x-request-id')));
    expect(ids.size).toBe(4);
    expectError(answers[3]!, 'request.malformed');
  });

  it('keeps the connection after an error whose body was not read', async () => {
    const refused = request({ body: 'x'.repeat(100_000) });
    const answers = await exchangeRaw(service.port, [refused, request({ verb: 'GET', path: '/healthz' })], 2);
    expect(answers.map((answer) => answer.status)).toEqual([401, 200]);
  });
});

it('takes no uploads where it keeps none', async () => {
  const { when, message } = CATALOGUE['upload.off'];
  const asked = { verb: 'GET', path: '/api/v1/uploads?action=getPolicy' };
  expectError(await ask(good(asked)), 'upload.off', `${message} ${when}`);
  expectError(await ask(asked), 'key.missing');
  expectError(await ask({ path: '/api/v1/uploads/objects', body: 'x' }), 'upload.off', `${message} ${when}`);
});

describe('what must not get out', () => {
  it('names no software, and logs no key, query or body', async () => {
    const url = `${images}/blank?token=geheim`;
    const body = JSON.stringify({ model: MODEL, input: { image_url: url } });
    const answer = await ask(good({ path: `${PATH}?secret=geheim`, body }));
    expect(answer.headers.has('server')).toBe(false);
    expect(answer.headers.has('x-powered-by')).toBe(false);
    await ask(good({ body: 'geheim' }));
    await ask(good({ path: '/v1/inspect', body: '{"geheim": 1, "policy": {"geheim": 1}}' }));
    const logged = service.lines.join('');
    expect(logged).not.toContain('geheim');
    expect(logged).not.toContain(service.key.secret);
    const line = service.lines
      .map((text) => JSON.parse(text))
      .find((entry) => entry.request_id === answer.headers.get('x-request-id'));
    expect(line).toMatchObject({
      key: service.key.name,
      image_host: '127.0.0.1',
      status: 400,
      reason: 'download.http_status',
    });
  });
});

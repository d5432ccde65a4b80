/** Our own endpoint: every way to hand over a picture, and the whole inspection as the answer. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, type ErrorCode } from '../../src/errors.ts';
import { INSPECT_BODY_LIMIT } from '../../src/wire/body-limit.ts';
import { InspectAnswerSchema } from '../../src/wire/inspection-schema.ts';
import { build, serve } from './build.ts';
import { blank, OBSTRUCTED, PORTRAIT } from './pictures.ts';

let service: Awaited<ReturnType<typeof build>>;
let images: string;

beforeAll(async () => {
  service = await build(afterAll);
  images = await serve(afterAll, ({ url }, response) => response.end(url === '/empty' ? '' : PORTRAIT));
});

interface DescribedContent {
  readonly schema?: object;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
interface DescribedOperation {
  readonly requestBody?: { readonly content: Record<string, DescribedContent> };
  readonly responses: Record<
    string,
    { readonly headers?: object; readonly content?: Record<string, DescribedContent> }
  >;
}

interface Sent {
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  readonly type?: string;
  readonly query?: string;
  readonly secret?: string;
}

function post({ body, type, query = '', secret = service.key.secret }: Sent): Promise<Response> {
  return fetch(`${service.url}/v1/inspect${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, ...(type && { 'content-type': type }) },
    ...(body !== undefined && { body }),
  });
}

const bytes = (data: Uint8Array) => new Uint8Array(data);
const json = (value: unknown): Sent => ({ body: JSON.stringify(value), type: 'application/json' });
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');

const FORM_TYPE = 'multipart/form-data; boundary=x';

async function expectError(response: Response, reason: ErrorCode): Promise<void> {
  const { status, code, message } = CATALOGUE[reason];
  expect(response.headers.get('x-reason')).toBe(reason);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    code,
    // On our own paths more may be told behind it.
    message: expect.stringMatching(new RegExp(`^${message.replaceAll('.', '\\.')}( |$)`)),
    request_id: response.headers.get('x-request-id'),
  });
}

function form(parts: Record<string, string | Uint8Array>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    data.append(name, typeof value === 'string' ? value : new Blob([bytes(value)]));
  }
  return data;
}

describe('POST /v1/inspect', () => {
  it.each<[string, () => Sent]>([
    ['an address', () => json({ url: `${images}/a` })],
    ['base64', () => json({ data: base64(PORTRAIT) })],
    ['a data URI of whatever type', () => json({ data: `data:text/plain;base64,${base64(PORTRAIT)}` })],
    [
      'JSON with the type that curl gives it',
      () => ({ ...json({ url: `${images}/a` }), type: 'application/x-www-form-urlencoded' }),
    ],
    ['bytes', () => ({ body: bytes(PORTRAIT), type: 'image/png' })],
    ['bytes with the wrong type', () => ({ body: bytes(PORTRAIT), type: 'image/webp' })],
    ['bytes without a type', () => ({ body: bytes(PORTRAIT) })],
    ['bytes as application/json', () => ({ body: bytes(PORTRAIT), type: 'application/json' })],
    ['a form', () => ({ body: form({ image: PORTRAIT }) })],
  ])('takes %s', async (_name, sent) => {
    const response = await post(sent());
    expect(response.status).toBe(200);
    const answer = InspectAnswerSchema.parse(await response.json());
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(answer.pass).toBe(true);
    expect(answer.request_id).toBe(response.headers.get('x-request-id'));
    expect(answer.image.bytes).toBe(PORTRAIT.byteLength);
  });

  it('answers as its schema says, and no more', async () => {
    for (const body of [PORTRAIT, await blank(300, 300), OBSTRUCTED]) {
      const answer = await (await post({ body: bytes(body) })).json();
      expect(InspectAnswerSchema.strict().parse(answer)).toEqual(answer);
    }
  });

  it('says why a picture fails, in the body and in x-reason', async () => {
    const response = await post({ body: bytes(await blank(300, 300)) });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-reason')).toBe('face.none');
    expect(await response.json()).toMatchObject({
      pass: false,
      reason: 'face.none',
      subject: null,
      crop: null,
      quality: null,
    });
  });

  it('says what covers a face, and where', async () => {
    const answer = await (await post({ body: bytes(OBSTRUCTED) })).json();
    const { checks, subject, reason, image } = InspectAnswerSchema.parse(answer);
    expect(reason).toBe('face.obstructed');
    expect(checks.find(({ id }) => id === 'visible')?.advice).toMatch(
      /^A mask or cloth very likely covers the nose, mouth and chin \(\d/,
    );
    const { area, ...cover } = subject!.cover!;
    expect(cover).toEqual({ class: 'cloth', regions: ['nose', 'mouth', 'chin'] });
    expect(area.length).toBeGreaterThan(0);
    for (const outline of area) {
      expect(outline.length).toBeLessThanOrEqual(96);
      for (const place of outline) expect(place >= 0 && place <= image.width).toBe(true);
    }
  });

  it('holds the picture against the limits of the request', async () => {
    const policy = { minFaceWidth: 1280 };
    for (const sent of [
      json({ data: base64(PORTRAIT), policy }),
      { body: form({ policy: JSON.stringify(policy), image: PORTRAIT }) },
      { body: form({ image: PORTRAIT, policy: new TextEncoder().encode(JSON.stringify(policy)) }) },
    ]) {
      expect(await (await post(sent)).json()).toMatchObject({ pass: false, reason: 'face.small' });
    }
  });

  it('holds it against the limits of the generator that the request names, which others override', async () => {
    const forHallo = (more: object) => json({ data: base64(PORTRAIT), policy: { for: 'hallo', ...more } });
    const judged = await (await post(forHallo({}))).json();
    const yaw = (limit: number) => expect.arrayContaining([expect.objectContaining({ id: 'yaw', limit })]);
    expect(judged).toMatchObject({ pass: false, reason: 'face.small', checks: yaw(30) });
    const overridden = await (await post(forHallo({ minFaceShare: 0.1, maxShape: 2, maxYaw: 31 }))).json();
    expect(overridden).toMatchObject({ pass: true, checks: yaw(31) });
  });

  it('takes the generator from the query too, where no policy names one', async () => {
    const query = '?for=hallo';
    const judged = async (sent: Sent) => (await (await post({ ...sent, query })).json()) as object;
    expect(await judged({ body: bytes(PORTRAIT) })).toMatchObject({ reason: 'face.small' });
    expect(await judged({ body: form({ image: PORTRAIT }) })).toMatchObject({ reason: 'face.small' });
    const named = json({ data: base64(PORTRAIT), policy: { for: 'liveportrait' } });
    expect(await judged(named)).toMatchObject({ pass: true });
  });

  it.each([
    ['?anotated=svg', 'There is no parameter "anotated"; "annotated" is meant.'],
    ['?annotated=svg&nonsense=1', 'There is no parameter "nonsense"; there are: annotated, for.'],
    ['?%3Cb%3E=1', 'A parameter has a name other than these: annotated, for.'],
  ])('names a parameter that does not exist: %s', async (query, told) => {
    const response = await post({ body: bytes(PORTRAIT), query });
    expect(response.headers.get('x-reason')).toBe('request.query');
    const { message } = (await response.json()) as { message: string };
    expect(message).toBe(`The query parameter is out of definition. ${told}`);
  });

  it('tells of an unknown generator which ones there are', async () => {
    for (const sent of [
      { body: bytes(PORTRAIT), query: '?for=halo' },
      json({ data: base64(PORTRAIT), policy: { for: 'halo' } }),
      json({ url: 'http://a/', policy: { for: 1, maxYaw: 20 } }),
      { body: form({ policy: '{"for": "halo"}', image: PORTRAIT }) },
    ]) {
      const response = await post(sent);
      expect(response.headers.get('x-reason')).toBe('policy.invalid');
      expect(await response.json()).toMatchObject({ message: expect.stringContaining('sadtalker, hallo,') });
    }
  });

  it.each<[string, () => Sent, ErrorCode]>([
    ['nothing', () => ({}), 'image.empty'],
    ['an empty file', () => ({ body: new Uint8Array(), type: 'image/jpeg' }), 'image.empty'],
    ['an empty file in a form', () => ({ body: form({ image: new Uint8Array() }) }), 'image.empty'],
    ['an empty file in base64', () => json({ data: '' }), 'image.empty'],
    ['an empty file in a data URI', () => json({ data: 'data:image/png;base64,' }), 'image.empty'],
    ['an empty file at an address', () => json({ url: `${images}/empty` }), 'image.empty'],
    ['an empty object', () => json({}), 'body.invalid'],
    ['an array', () => json([]), 'body.invalid'],
    ['both', () => json({ url: 'http://a', data: 'aaaa' }), 'body.invalid'],
    ['a member that does not exist', () => json({ url: 'http://a', polcy: {} }), 'body.invalid'],
    ['what is no base64', () => json({ data: 'äöü' }), 'body.invalid'],
    ['base64 of no picture', () => json({ data: 'aGVsbG8gd29ybGQ=' }), 'image.unsupported'],
    ['a limit that does not exist', () => json({ url: 'http://a', policy: { x: 1 } }), 'policy.invalid'],
    ['a limit out of range', () => json({ url: 'http://a', policy: { maxYaw: 91 } }), 'policy.invalid'],
    ['a URL that is none', () => json({ url: 'file:///etc/passwd' }), 'url.invalid'],
    ['a form without a file', () => ({ body: form({ a: 'b' }) }), 'body.invalid'],
    ['a form with two files', () => ({ body: form({ a: PORTRAIT, b: PORTRAIT }) }), 'body.invalid'],
    ['a policy that is no JSON', () => ({ body: form({ policy: '{', image: PORTRAIT }) }), 'policy.invalid'],
    ['a form of many fields', () => ({ body: form({ a: '', b: '', c: '', d: '', e: '' }) }), 'body.invalid'],
    [
      'a policy file that is no JSON',
      () => ({ body: form({ image: PORTRAIT, policy: PORTRAIT }) }),
      'policy.invalid',
    ],
    ['a form that breaks off', () => ({ body: '--x\r\nContent-', type: FORM_TYPE }), 'body.invalid'],
    ['a form without a boundary', () => ({ body: '--x--', type: 'multipart/form-data' }), 'body.invalid'],
    ['a broken form', () => ({ body: 'x', type: 'multipart/form-data' }), 'body.invalid'],
    [
      'a file that is too large',
      () => ({ body: form({ image: new Uint8Array(10 * 1024 * 1024 + 1) }) }),
      'image.bytes',
    ],
    ['bytes that are too many', () => ({ body: new Uint8Array(10 * 1024 * 1024) }), 'image.bytes'],
    ['text', () => ({ body: 'hello', type: 'text/plain' }), 'image.unsupported'],
    [
      'an annotation that does not exist',
      () => ({ body: bytes(PORTRAIT), query: '?annotated=gif' }),
      'request.query',
    ],
    ['no key', () => ({ body: bytes(PORTRAIT), secret: '' }), 'key.missing'],
  ])('refuses %s', async (_name, sent, reason) => {
    await expectError(await post(sent()), reason);
  });

  it('names the limit of a body that is too large', async () => {
    const answer = await post({ body: new Uint8Array(16 * 1024 * 1024) });
    expect(answer.headers.get('x-reason')).toBe('body.too_large');
    expect(await answer.json()).toMatchObject({
      message: `Payload Too Large. The body may have ${INSPECT_BODY_LIMIT} bytes.`,
    });
  });

  it.each([
    ['svg', 'image/svg+xml', '<svg '],
    ['png', 'image/png', '\x89PNG'],
  ])('adds the annotated picture as %s', async (format, type, magic) => {
    const answer = InspectAnswerSchema.parse(
      await (await post({ body: bytes(PORTRAIT), query: `?annotated=${format}` })).json(),
    );
    const [head, data] = (answer.annotated ?? '').split(',');
    expect(head).toBe(`data:${type};base64`);
    expect(
      Buffer.from(data ?? '', 'base64')
        .toString('latin1')
        .startsWith(magic),
    ).toBe(true);
  });

  it('is metered and limited like the contract', async () => {
    const { id, secret } = await service.createKey({ quota: 1 });
    await expectError(await post({ secret, body: 'x' }), 'image.unsupported');
    expect((await post({ secret, body: bytes(PORTRAIT) })).status).toBe(200);
    await expectError(await post({ secret, body: bytes(PORTRAIT) }), 'key.quota');
    expect(await service.store.usage({ keyId: id })).toMatchObject([{ verdict: 'pass', count: 1 }]);
  });

  it('is for POST only', async () => {
    const response = await fetch(`${service.url}/v1/inspect`);
    expect(response.status).toBe(400);
    expect(response.headers.get('x-reason')).toBe('request.method');
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1, made from the schemas', async () => {
    const document = JSON.parse(await (await fetch(`${service.url}/openapi.json`)).text());
    expect(document.openapi).toBe('3.1.0');
    const paths = ['face-detect', 'aa-detect'].map((end) => `/api/v1/services/aigc/image2video/${end}`);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining([...paths, '/v1/inspect', '/v1/fix']));
    const { post: operation } = document.paths['/v1/inspect'];
    expect(Object.keys(operation.requestBody.content)).toContain('multipart/form-data');
    const answer = operation.responses['200'].content['application/json'].schema;
    expect(Object.keys(answer.properties)).toEqual(Object.keys(InspectAnswerSchema.shape));
    expect(JSON.stringify(document)).not.toContain('$schema');
  });

  it('tells each status by itself, the headers, and real answers that are as described', async () => {
    const document = JSON.parse(await (await fetch(`${service.url}/openapi.json`)).text());
    expect(document.servers).toEqual([{ url: '/', description: 'This service.' }]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    let examples = 0;
    for (const [path, operations] of Object.entries<Record<string, DescribedOperation>>(document.paths)) {
      for (const { responses, requestBody } of Object.values(operations)) {
        const statuses = Object.keys(responses);
        expect(statuses.filter((status) => !/^\d{3}$/.test(status))).toEqual([]);
        expect(statuses, path).toEqual(expect.arrayContaining(['400', '429', '500']));
        for (const [status, { headers, content = {} }] of Object.entries(responses)) {
          expect(headers, `${path} ${status}`).toHaveProperty('x-request-id');
          if (Number(status) >= 400) expect(headers).toHaveProperty('x-reason');
          for (const [token, { value }] of Object.entries(content['application/json']?.examples ?? {})) {
            if (Number(status) < 400) continue;
            const { code, message } = CATALOGUE[token as ErrorCode];
            expect([token, (value as { code: string }).code]).toEqual([token, code]);
            expect((value as { message: string }).message.startsWith(message.split('{')[0] ?? '')).toBe(true);
            expect(String(CATALOGUE[token as ErrorCode].status)).toBe(status);
          }
        }
        const contents = [...Object.values(responses).map(({ content }) => content), requestBody?.content];
        for (const { schema, examples: told = {} } of contents.flatMap((content) =>
          Object.values(content ?? {}),
        )) {
          const isValid = schema === undefined ? undefined : ajv.compile(schema);
          for (const [name, { value }] of Object.entries(told)) {
            examples++;
            expect(isValid?.(value), `${path} ${name}: ${ajv.errorsText(isValid?.errors)}`).toBe(true);
          }
        }
      }
    }
    expect(examples).toBeGreaterThanOrEqual(30);
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await fetch(`${service.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('/v1/inspect');
    expect(html.match(/(?:src|href)="(?:https?:)?\/\//g)).toBeNull();
    expect(html).not.toMatch(/<script[ >]/);
    const description = await fetch(new URL('../openapi.json', page.url));
    expect(await description.json()).toMatchObject({ openapi: '3.1.0' });
  });
});

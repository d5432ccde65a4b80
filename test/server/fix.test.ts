/** Repair over HTTP: the picture or the report, what is counted, and whose limits hold. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors.ts';
import { FixAnswerSchema } from '../../src/wire/fix-schema.ts';
import { build, serve } from './build.ts';
import { blank, PORTRAIT } from './pictures.ts';

let service: Awaited<ReturnType<typeof build>>;
let tiff: Buffer;
let images: string;

beforeAll(async () => {
  // The first process under test has to translate its modules first.
  service = await build(afterAll, { settings: { deadlineMs: 30_000 } });
  tiff = await sharp(PORTRAIT).tiff().toBuffer();
  images = await serve(afterAll, (_request, response) => response.end(tiff));
});

interface Sent {
  readonly body: Uint8Array | string;
  readonly accept?: string;
  readonly query?: string;
  readonly secret?: string;
}

function post({ body, accept = '*/*', query = '', secret = service.key.secret }: Sent): Promise<Response> {
  return fetch(`${service.url}/v1/fix${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, accept },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

describe('POST /v1/fix', () => {
  it('answers with the repaired picture, which passes', async () => {
    const response = await post({ body: tiff });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('x-repairs')).toBe('convert');
    expect(response.headers.get('x-reason')).toBeNull();
    const { inspection } = await service.pool.inspect(new Uint8Array(await response.arrayBuffer()), {
      policy: {},
      signal: new AbortController().signal,
    });
    expect(inspection.pass).toBe(true);
  });

  it('answers with JSON where that is asked for', async () => {
    const response = await post({ body: tiff, accept: 'application/json' });
    const answer = FixAnswerSchema.parse(await response.json());
    expect(answer).toMatchObject({ pass: true, reason: null, before: null, after: { pass: true } });
    expect(answer.refusal?.code).toBe('image.unsupported');
    expect(answer.steps.map(({ action }) => action)).toEqual(['convert']);
    expect(answer.image).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    expect(answer.request_id).toBe(response.headers.get('x-request-id'));
  });

  it('takes an address', async () => {
    const response = await post({ body: JSON.stringify({ url: `${images}/a.tif` }) });
    expect(response.headers.get('x-repairs')).toBe('convert');
  });

  it('gives a picture that passes as it is', async () => {
    const response = await post({ body: PORTRAIT });
    expect(response.headers.get('x-repairs')).toBe('');
    expect(Buffer.from(await response.arrayBuffer()).equals(PORTRAIT)).toBe(true);
  });

  it('answers with JSON, whatever was asked for, where there is no picture that passes', async () => {
    const response = await post({ body: await blank(300, 200), accept: 'image/*' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-reason')).toBe('face.none');
    expect(FixAnswerSchema.parse(await response.json())).toMatchObject({
      pass: false,
      reason: 'face.none',
      steps: [],
      image: null,
    });
  });

  it('judges by the policy that came with the picture', async () => {
    const policy = { maxYaw: 0, maxPitch: 0 };
    const body = JSON.stringify({ data: Buffer.from(PORTRAIT).toString('base64'), policy });
    expect((await post({ body })).headers.get('x-reason')).toMatch(/^face\.(profile|tilted)$/);
  });

  it.each(['?face=0', '?face=x', '?face=1.5'])('%s is out of definition', async (query) => {
    const response = await post({ body: PORTRAIT, query });
    expect(response.headers.get('x-reason')).toBe('request.query');
  });

  it('names a parameter that does not exist', async () => {
    const response = await post({ body: PORTRAIT, query: '?fcae=1' });
    expect(response.headers.get('x-reason')).toBe('request.query');
    const { message } = (await response.json()) as { message: string };
    expect(message).toContain('There is no parameter "fcae"; "face" is meant.');
  });

  it('has no face 9', async () => {
    const response = await post({ body: PORTRAIT, query: '?face=9' });
    expect(response.status).toBe(CATALOGUE['fix.face'].status);
    expect(response.headers.get('x-reason')).toBe('fix.face');
  });

  it('gives the crop and the size that a generator wants', async () => {
    const large = await sharp(PORTRAIT).resize({ width: 2000 }).jpeg().toBuffer();
    const body = JSON.stringify({ data: large.toString('base64'), policy: { for: 'hallo' } });
    for (const sent of [{ body }, { body: large, query: '?for=hallo' }]) {
      const response = await post(sent);
      expect(response.headers.get('x-repairs')).toBe('crop,scale');
      const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
      expect([width, height]).toEqual([512, 512]);
    }
  });

  it('needs a key', async () => {
    const response = await post({ body: PORTRAIT, secret: 'sk-nobody' });
    expect(response.headers.get('x-reason')).toBe('key.invalid');
  });

  it('counts one image, however often it was looked at', async () => {
    const key = await service.createKey({ quota: 2 });
    expect((await post({ body: tiff, secret: key.secret })).status).toBe(200);
    expect((await post({ body: await blank(300, 200), secret: key.secret })).status).toBe(200);
    const third = await post({ body: tiff, secret: key.secret });
    expect(third.headers.get('x-reason')).toBe('key.quota');
  });

  it('is described', async () => {
    const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, { post: { parameters: { name: string }[]; responses: Record<string, unknown> } }>;
    };
    const { parameters, responses } = paths['/v1/fix'].post;
    expect(parameters.slice(0, 1)).toMatchObject([
      { name: 'face', in: 'query', schema: { type: 'integer', minimum: 1 } },
    ]);
    expect(Object.keys((responses['200'] as { content: object }).content)).toContain('image/jpeg');
  });
});

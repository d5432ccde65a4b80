/** What people's programs send, with curl and over real sockets, to the built program. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import axios, { AxiosError } from 'axios';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { start } from '../cli/spawn.ts';
import { exchangeRaw } from '../server/raw.ts';
import { startService } from './service.ts';

const HAS_CURL = spawnSync('curl', ['--version']).status === 0;
const PORTRAIT = fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url));
const HEIC = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x20meta', 'latin1');
const DETECT = 'services/aigc/image2video/face-detect';
const MIB = 1024 * 1024;

let folder: string;
let url: string;
let port: number;
let key: string;
let pictures: string;

// Registered now: what is registered while hooks run is never called.
const cleanup = cleanupAfterAll();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lpd-'));
  cleanup(() => rmSync(folder, { recursive: true, force: true }));
  const service = await startService(cleanup, { keys: ['one'], args: ['--workers', '1'] });
  ({ url, port } = service);
  key = service.secrets[0] ?? '';
  const answers: Readonly<Record<string, Uint8Array | string>> = {
    '/page': '<!doctype html><title>Log in</title>',
    '/heic': HEIC,
    '/empty': '',
    '/portrait': readFileSync(PORTRAIT),
  };
  const server = createServer((request, response) => response.end(answers[request.url ?? '']));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => void server.close());
  pictures = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

interface Answer {
  readonly status: number;
  readonly reason: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of several endpoints
  readonly body: any;
}

function path(name: string, bytes: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Runs curl as a person does, and takes its answer apart. */
async function curl(...args: string[]): Promise<Answer> {
  const all = ['-sS', '-i', '--http1.1', '-H', 'Expect:', '-H', `Authorization: Bearer ${key}`, ...args];
  const child = spawn('curl', all, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [head = '', body = ''] = (await text(child.stdout)).split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    reason: /^x-reason: (\S+)/im.exec(head)?.[1] ?? '',
    body: JSON.parse(body),
  };
}

function detectJson(name: string): string {
  return JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${pictures}/${name}` } });
}

const AS_JSON = ['-H', 'Content-Type: application/json'];
const AS_GZIP = ['-H', 'Content-Encoding: gzip'];

describe.skipIf(!HAS_CURL)('curl (skipped where it is not installed)', () => {
  it.each([
    '/api/v1//services/aigc/image2video/face-detect',
    '//api/v1/services//aigc/image2video/face-detect/',
  ])('may send a slash too many: %s', async (place) => {
    const { status, reason, body } = await curl('-d', detectJson('page'), ...AS_JSON, `${url}${place}`);
    expect([status, reason]).toEqual([400, 'download.not_image']);
    expect(body).toEqual({
      code: 'InvalidParameter.UnsupportedFileFormat',
      message: 'Input files format not supported.',
      request_id: expect.any(String),
    });
  });

  it('is told of an unknown task behind two slashes, too', async () => {
    const { body } = await curl('-d', '{}', `${url}/api/v1//services/aigc/else`);
    expect(body.message).toBe('task can not be null');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('may compress a body with %s', async (coding, compress) => {
    const body = path(`body.${coding}`, compress(detectJson('empty')));
    const coded = ['-H', `Content-Encoding: ${coding}`, ...AS_JSON];
    const answer = await curl('--data-binary', `@${body}`, ...coded, `${url}/api/v1/${DETECT}`);
    expect([answer.status, answer.reason]).toEqual([400, 'image.empty']);
  });

  it('may compress the picture, and the list of a job, as it comes', async () => {
    const picture = path('portrait.gz', gzipSync(readFileSync(PORTRAIT)));
    const inspected = await curl('--data-binary', `@${picture}`, ...AS_GZIP, `${url}/v1/inspect`);
    expect(inspected.body).toMatchObject({ pass: true });
    const list = path('list.gz', gzipSync(`${pictures}/heic\n`.repeat(3)));
    const chunked = ['-H', 'Transfer-Encoding: chunked', '-H', 'Content-Type: text/plain', ...AS_GZIP];
    const job = await curl('--data-binary', `@${list}`, ...chunked, `${url}/v1/jobs`);
    expect([job.status, job.body.total]).toEqual([202, 3]);
  });

  it.each([
    ['of blanks', gzipSync(' '.repeat(200 * MIB)), 'gzip', 'body.too_large'],
    ['that breaks off', gzipSync('{"model": 1}').subarray(0, -4), 'gzip', 'body.invalid'],
    ['that is none', '{}', 'gzip', 'body.invalid'],
    ['of another kind', '{}', 'zstd', 'body.invalid'],
    ['twice', gzipSync(gzipSync('{}')), 'gzip, gzip', 'body.invalid'],
    ['of empty pieces', Buffer.concat(Array(40_000).fill(gzipSync(''))), 'gzip', 'body.invalid'],
  ])('is refused for a compressed body %s', async (_, bytes, coding, reason) => {
    const body = path('bad', bytes);
    const coded = ['-H', `Content-Encoding: ${coding}`, ...AS_JSON];
    const answer = await curl('--data-binary', `@${body}`, ...coded, `${url}/api/v1/${DETECT}`);
    expect([answer.status, answer.reason]).toEqual([400, reason]);
  });

  it('is refused for a compressed list that breaks off', async () => {
    const list = path('list.gz', gzipSync('http://192.0.2.1/\n'.repeat(5_000)).subarray(0, -20));
    const typed = ['-H', 'Content-Type: text/plain', ...AS_GZIP];
    const { status, reason } = await curl('--data-binary', `@${list}`, ...typed, `${url}/v1/jobs`);
    expect([status, reason]).toEqual([400, 'body.invalid']);
  });

  const POLICY = '{"minFaceWidth": 1280}';
  it.each<[string, () => string[]]>([
    ['as a field', () => ['-F', `policy=${POLICY}`]],
    ['as a JSON part', () => ['-F', `policy=${POLICY};type=application/json`]],
    ['as a file', () => ['-F', `policy=@${path('policy.json', POLICY)}`]],
    ['as a JSON file', () => ['-F', `policy=@${path('policy.json', POLICY)};type=application/json`]],
  ])('may send the policy of a form %s', async (_, part) => {
    for (const parts of [
      [...part(), '-F', `image=@${PORTRAIT}`],
      ['-F', `image=@${PORTRAIT}`, ...part()],
    ]) {
      const { body } = await curl(...parts, `${url}/v1/inspect`);
      expect(body).toMatchObject({ pass: false, reason: 'face.small' });
    }
  });

  it.each<[string, () => string[]]>([
    ['in a form', () => ['-F', `image=@${path('empty.jpg', '')}`]],
    ['as a body', () => ['--data-binary', `@${path('empty.jpg', '')}`]],
    ['in base64', () => ['-d', '{"data": ""}', ...AS_JSON]],
    ['as a data URI', () => ['-d', '{"data": "data:image/png;base64,"}', ...AS_JSON]],
    ['at an address', () => ['-d', `{"url": "${pictures}/empty"}`, ...AS_JSON]],
  ])('is told that a file is empty, %s', async (_, sent) => {
    for (const place of ['/v1/inspect', '/v1/fix']) {
      const { status, reason, body } = await curl(...sent(), `${url}${place}`);
      expect([place, status, reason]).toEqual([place, 400, 'image.empty']);
      expect(body.message).toBe('Input files format not supported. The file is empty: it has no bytes.');
    }
  });

  it('may upload a file, and have it looked at by its oss:// address', async () => {
    const { body: leave } = await curl(`${url}/api/v1/uploads?action=getPolicy&model=liveportrait`);
    const { upload_dir: folder, upload_host: host, ...granted } = leave.data;
    const fields = {
      OSSAccessKeyId: granted.oss_access_key_id,
      Signature: granted.signature,
      policy: granted.policy,
      'x-oss-object-acl': granted.x_oss_object_acl,
      'x-oss-forbid-overwrite': granted.x_oss_forbid_overwrite,
      key: `${folder}/portrait.jpg`,
      success_action_status: '200',
    };
    const form = Object.entries(fields).flatMap(([name, value]) => ['--form-string', `${name}=${value}`]);
    expect((await curl(...form, '-F', `file=@${PORTRAIT}`, host)).status).toBe(200);
    const input = { image_url: `oss://${fields.key}` };
    const judge = ['-d', JSON.stringify({ model: 'liveportrait-detect', input }), `${url}/api/v1/${DETECT}`];
    const { body } = await curl('-H', 'X-DashScope-OssResourceResolve: enable', ...judge);
    expect(body.output).toEqual({ pass: true, message: '' });
    expect((await curl(...judge)).reason).toBe('url.invalid');
  });

  it('is told which format it sent', async () => {
    const file = path('photo.jpg', HEIC);
    for (const sent of [
      ['-F', `image=@${file}`],
      ['--data-binary', `@${file}`],
      ['-d', `{"url": "${pictures}/heic"}`, ...AS_JSON],
    ]) {
      const { reason, body } = await curl(...sent, `${url}/v1/inspect`);
      expect(reason).toBe('image.unsupported');
      expect(body.message).toMatch(/^Input files format not supported\. The file is an HEIC/);
    }
  });
});

it('a form that goes on for ever is refused at the limit of every body', async () => {
  const head = [
    'POST /v1/inspect HTTP/1.1',
    'Host: a',
    `Authorization: Bearer ${key}`,
    'Content-Type: multipart/form-data; boundary=b',
    'Transfer-Encoding: chunked',
  ].join('\r\n');
  const filler = `100000\r\n${'x'.repeat(MIB)}\r\n`;
  const [answer] = await exchangeRaw(port, [`${head}\r\n\r\n`, ...Array(16).fill(filler)]);
  expect(answer?.headers.get('x-reason')).toBe('body.too_large');
});

it('`check` says of an empty file that it is empty', async () => {
  const { out, code } = await start(['check', path('empty.jpg', '')]).ended;
  expect(out).toContain('empty');
  expect(code).toBe(3);
});

describe('axios', () => {
  const ask = (name: string, headers: Readonly<Record<string, string>>) =>
    axios.post(`${url}/api/v1/${DETECT}`, JSON.parse(detectJson(name)), { headers, timeout: 30_000 });

  it('reads verdicts and errors as its users do', async () => {
    const bearer = { Authorization: `Bearer ${key}` };
    const { status, data } = await ask('portrait', bearer);
    expect([status, data.output, data.code]).toEqual([200, { pass: true, message: '' }, undefined]);
    const refused = await ask('page', bearer).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AxiosError);
    const { response } = refused as AxiosError<{ code: string; message: string }>;
    expect([response?.status, response?.data.code, response?.data.message]).toEqual([
      400,
      'InvalidParameter.UnsupportedFileFormat',
      'Input files format not supported.',
    ]);
    const nobody = await ask('page', {}).catch((error: AxiosError<{ message: string }>) => error.response);
    expect(nobody).toMatchObject({ status: 401, data: { message: 'No API-key provided.' } });
  });
});

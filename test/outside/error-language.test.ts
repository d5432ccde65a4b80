/** Errors of our own calls in the language that is asked for; those on the vendor's paths are the vendor's, whoever asks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/index.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { blank } from '../server/pictures.ts';
import { command, type Serving, serve } from './serving.ts';

const DETECT = '/api/v1/services/aigc/image2video/face-detect';
const NO_JOB = '/v1/jobs/00000000-0000-4000-8000-000000000000';
const GIF = new Uint8Array([...Buffer.from('GIF89a'), ...new Uint8Array(64)]);
const TOLD = '文件是 GIF，请改用 JPEG、PNG、BMP 或 WebP。';

const cleanup = cleanupAfterAll();
let service: Serving;
let key: string;
beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'lpd-errors-'));
  cleanup(() => rmSync(data, { recursive: true }));
  service = await serve(cleanup, data);
  key = (await command(data, 'keys', 'create', '--name', 'quick', '--qps', '1000')).trim();
});

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly key?: string;
}

async function ask({ method = 'POST', path, body, key: own = key }: Call, language: string) {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: { 'accept-language': language, authorization: `Bearer ${own}` },
    ...(body !== undefined && { body }),
  });
  const { status, headers } = response;
  const text = (await response.text()).replace(headers.get('x-request-id') ?? '', 'ID');
  const { message, refusal, ...rest } = JSON.parse(text);
  return { headers, message, refusal, rest: { ...rest, status, reason: headers.get('x-reason') } };
}

describe('on our own paths', () => {
  it.each<[what: string, Call, english: string, chinese: string]>([
    [
      'a wrong key',
      { path: '/v1/inspect', body: '{}', key: 'sk-nobody' },
      'Invalid API-key provided.',
      'API Key 不存在、格式不对或已吊销。',
    ],
    [
      'another format',
      { path: '/v1/inspect', body: GIF },
      'Input files format not supported. The file is a GIF; send a JPEG, PNG, BMP or WebP.',
      TOLD,
    ],
    [
      'an address that is refused',
      { path: '/v1/inspect', body: '{"url":"http://10.0.0.1/a.jpg"}' },
      'Failed to download input files.',
      '地址被拒绝、域名无法解析，或没有应答。三种情况用同一个标识，免得有人借本服务扫描端口。',
    ],
    [
      'a parameter',
      { path: '/v1/fix?face=none', body: GIF },
      'The query parameter is out of definition.',
      '查询参数或者它的值不存在。',
    ],
    [
      'a line of a list',
      { path: '/v1/jobs', body: 'https://a.example/1.jpg\n{"id": 1}' },
      'A line of the list is out of definition. Line 2: "url" is missing or not a string.',
      '第 2 行缺少 "url"，或者它不是字符串。',
    ],
    [
      'no such job',
      { method: 'GET', path: NO_JOB },
      'Job not found!',
      '这个 Key 没有该 ID 的任务：任务属于别的 Key，一周前已结束，或已删除。',
    ],
    [
      'another method',
      { method: 'PUT', path: '/v1/inspect' },
      "Request method 'PUT' is not supported.",
      '路径存在，但不支持这个请求方法。',
    ],
  ])('%s', async (_, call, english, chinese) => {
    const answers = await Promise.all(['en', 'zh-TW, en;q=0.5', 'fr'].map((language) => ask(call, language)));
    expect(answers.map(({ message }) => message)).toEqual([english, chinese, english]);
    expect(answers.map(({ headers }) => headers.get('content-language'))).toEqual(['en', 'zh-CN', 'en']);
    for (const { headers, rest } of answers) {
      expect(headers.get('vary')).toBe('accept-language');
      expect(rest).toEqual(answers[0]?.rest);
    }
  });

  it('a client throws them in its language', async () => {
    const client = createClient({ baseUrl: service.url, apiKey: key, language: 'zh-CN' });
    await expect(client.inspect(new Blob([GIF]))).rejects.toMatchObject({
      code: 'image.unsupported',
      message: TOLD,
    });
  });

  it('a repair says why the picture had been refused', async () => {
    const body = new Uint8Array(
      await sharp(await blank(300, 300))
        .tiff()
        .toBuffer(),
    );
    const answers = await Promise.all(
      ['en', 'zh-CN'].map((language) => ask({ path: '/v1/fix', body }, language)),
    );
    expect(answers.map(({ refusal }) => refusal.message)).toEqual([
      'The file is a TIFF or a camera’s raw picture; send a JPEG, PNG, BMP or WebP.',
      '文件是 TIFF 或相机 RAW 图片，请改用 JPEG、PNG、BMP 或 WebP。',
    ]);
  });
});

it.each<Call>([
  { path: DETECT, body: '{}', key: 'sk-nobody' },
  { path: DETECT, body: '{}' },
  { path: DETECT, body: '{"model":"liveportrait-detect","input":{"image_url":"http://10.0.0.1/a.jpg"}}' },
  { method: 'GET', path: DETECT },
  { path: DETECT.replace('face', 'hand'), body: '{}' },
  { method: 'GET', path: '/api/v1/uploads?action=none' },
  { path: '/api/v1/uploads' },
  { method: 'GET', path: '/v1/inspection' },
])('the same in every language elsewhere: %j', async (call) => {
  const [english, chinese] = await Promise.all(['en', 'zh-CN'].map((language) => ask(call, language)));
  expect({ ...chinese, headers: null }).toEqual({ ...english, headers: null });
  expect(chinese?.message).toMatch(/^[ -~]+$/);
  expect(chinese?.headers.get('content-language')).toBeNull();
  expect(chinese?.headers.get('vary')).toBeNull();
});

/** The reference: all that the description has, in words of each language, and calls that can be pasted as they are. */
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import type { ApiDescription, Operation } from '../../src/server/reference/description.ts';
import { referencePage } from '../../src/server/reference/page.ts';
import { REFERENCE_WORDS } from '../../src/server/reference/words.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { KEY, type Serving, serve } from './serving.ts';

const HAS_CURL = spawnSync('curl', ['--version']).status === 0;
const PORTRAIT = new URL('../../examples/pass.jpg', import.meta.url).pathname;

const cleanup = cleanupAfterAll();
let service: Serving;
let api: ApiDescription;
beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'reference-'));
  cleanup(() => rmSync(data, { recursive: true }));
  service = await serve(cleanup, data);
  api = (await (await fetch(`${service.url}/openapi.json`)).json()) as ApiDescription;
});

const pageIn = async (lang: string) => (await fetch(`${service.url}/docs/?lang=${lang}`)).text();
const operationsOf = ({ paths }: ApiDescription) =>
  Object.values(paths).flatMap((path) => Object.values(path));
const plain = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

describe.each(LANGUAGES)('in %s', (language) => {
  test('has every call, with each example of a request and of an answer', async () => {
    const text = plain(await pageIn(language));
    const operations = operationsOf(api);
    expect(operations.length).toBeGreaterThan(9);
    for (const { operationId, requestBody, responses } of operations) {
      expect(text).toContain(`id="${operationId}"`);
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      for (const { content = {} } of [requestBody ?? {}, ...answers.map(([, answer]) => answer)]) {
        for (const { examples = {} } of Object.values(content)) {
          for (const { value } of Object.values(examples)) {
            expect(text).toContain(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
          }
        }
      }
    }
  });

  test('says of every field what it is, in that language', async () => {
    const html = await pageIn(language);
    expect([...html.matchAll(/<(?:p|dd) lang="en">[^<]*/g)].map(([told]) => told)).toEqual([]);
    expect(html).toContain(REFERENCE_WORDS[language].field('The largest first.'));
  });

  test('has no place twice, and no link to a place that is not there', async () => {
    const html = await pageIn(language);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(9);
    for (const link of links) expect(ids).toContain(link);
  });
});

test('every call has Chinese words, and none is there for a call that is not', () => {
  expect(Object.keys(REFERENCE_WORDS['zh-CN'].own).sort()).toEqual(
    operationsOf(api)
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

test('is in the language of the browser, unless another is asked for', async () => {
  const languageOf = async (query: string, accepted: string) => {
    const answer = await fetch(`${service.url}/docs/${query}`, { headers: { 'accept-language': accepted } });
    return `${answer.status} ${answer.headers.get('content-language')}`;
  };
  expect(await languageOf('', 'zh-TW,zh;q=0.9')).toBe('200 zh-CN');
  expect(await languageOf('', 'fr')).toBe('200 en');
  expect(await languageOf('?lang=en', 'zh-CN')).toBe('200 en');
  for (const strange of ['?lang=<script>', '?lang=xx', '?lang=en&lang=zh-CN', '?lang=', '?lang[a]=zh-CN']) {
    expect(await languageOf(strange, 'zh-CN'), strange).toBe('200 zh-CN');
  }
});

test('leads from /docs to /docs/ by a relative address, below any path of a proxy', async () => {
  const answer = await fetch(`${service.url}/docs?lang=zh-CN`, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([301, 'docs/?lang=zh-CN']);
});

test('shows what a description says, and runs none of it', () => {
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const operation: Operation = {
    operationId: 'evil',
    summary: evil,
    description: evil,
    parameters: [{ in: 'query', name: evil, description: evil, schema: { enum: [evil] } }],
    requestBody: {
      content: {
        [evil]: {
          schema: { properties: { [evil]: { description: evil, type: evil, format: evil } } },
          examples: { [evil]: { value: evil } },
        },
      },
    },
    responses: { 200: { headers: { [evil]: { description: evil } }, content: { [evil]: {} } } },
  };
  const html = referencePage(
    { info: { title: 'a', version: evil }, paths: { [evil]: { post: operation } } },
    'en',
    () => [],
  );
  expect(html).not.toContain('<img');
  expect(html.split('&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(10);
});

test.skipIf(!HAS_CURL)(
  `its calls can be pasted into a shell${HAS_CURL ? '' : ' (skipped: there is no curl)'}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reference-'));
    cleanup(() => rmSync(folder, { recursive: true }));
    copyFileSync(PORTRAIT, join(folder, 'portrait.jpg'));
    writeFileSync(join(folder, 'addresses.txt'), 'https://pictures.example/pass.jpg\n');
    const env = {
      ...process.env,
      LPD_URL: service.url,
      LPD_API_KEY: KEY,
      JOB_ID: '00000000-0000-4000-8000-000000000000',
    };
    const html = await pageIn('en');
    const calls = [...html.matchAll(/<code>(curl [^<]+)<\/code>/g)].map(([, call]) => plain(call ?? ''));
    const outcomes: Record<string, string> = {};
    for (const call of calls) {
      const told = `${call} -s -o answer -w '%{http_code} %header{x-reason}'`;
      const run = async () =>
        (await promisify(execFile)('sh', ['-c', told], { cwd: folder, env })).stdout.trim();
      const [method = 'GET'] = /(?<=-X )\w+/.exec(call) ?? [];
      const kind = /-d |(?<=-binary @)\w+|-F \w+/.exec(call)?.[0].trim() ?? method;
      const path = /\$LPD_URL(\/[^"?]*)/.exec(call)?.[1];
      // A key has a rate.
      outcomes[`${path} ${kind}`] = await vi.waitUntil(
        async () => {
          const outcome = (await run()).replace(/(?<=download)\..*/, '');
          return outcome !== '429 key.rate' && outcome;
        },
        { timeout: 20_000, interval: 300 },
      );
    }
    // Addresses that are only examples cannot be reached; all else is understood.
    expect(outcomes).toEqual({
      '/api/v1/services/aigc/image2video/face-detect -d': '400 download',
      '/api/v1/services/aigc/image2video/aa-detect -d': '403 key.model',
      '/v1/inspect -d': '400 download',
      '/v1/inspect portrait': '200',
      '/v1/inspect -F image': '200',
      '/v1/fix -d': '400 download',
      '/v1/fix portrait': '200',
      '/v1/fix -F image': '200',
      '/v1/jobs -d': '202',
      '/v1/jobs addresses': '202',
      '/v1/jobs/$JOB_ID GET': '404 job.unknown',
      '/v1/jobs/$JOB_ID DELETE': '404 job.unknown',
      '/v1/jobs/$JOB_ID/results GET': '404 job.unknown',
      '/api/v1/uploads GET': '200',
      '/api/v1/uploads/objects -F OSSAccessKeyId': '403 upload.signature',
    });
  },
  60_000,
);

/** The vendor's SDKs, unmodified, against the built service: pointed at it by the variables that they read themselves. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { prepareJava, preparePython } from '../sdks/prepare.ts';
import { command, KEY, serve } from './serving.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const PASS = { pass: true, message: '' };
const FAIL = { pass: false, message: 'No human face detected.' };

const [PYTHON_1, PYTHON_2, JAVA] = await Promise.all([
  preparePython('requirements-1.txt'),
  preparePython('requirements-2.txt'),
  prepareJava(),
]);

let folder: string;
let pictures: string;
let env: NodeJS.ProcessEnv;
let local: string;
let large: string;

const cleanup = cleanupAfterAll();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lpd-sdks-'));
  cleanup(() => rmSync(folder, { recursive: true, force: true }));
  local = join(folder, 'мой портрет (1).jpg');
  copyFileSync(join(EXAMPLES, 'pass.jpg'), local);
  large = join(folder, 'large.jpg');
  writeFileSync(large, Buffer.alloc(10 * 1024 * 1024 + 1));
  const data = join(folder, 'data');
  const key = (await command(data, 'keys', 'create', '--name', 'sdk', '--qps', '1000')).trim();
  const { url } = await serve(cleanup, data);
  env = { DASHSCOPE_HTTP_BASE_URL: `${url}/api/v1`, DASHSCOPE_API_KEY: key, NO_PROXY: '*' };
  const server = createServer((request, response) => {
    const name = /^\/(\w+\.jpg)$/.exec(request.url ?? '')?.[1];
    if (name === undefined) response.writeHead(404).end();
    else response.end(readFileSync(join(EXAMPLES, name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => void server.close());
  pictures = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

/** A judged picture, as Python's SDK tells it. */
const judged = (output: object) => ({
  status: 200,
  code: '',
  message: '',
  request_id: UUID,
  output,
  usage: { image_count: 1 },
});
const refused = (status: number, code: string, message: string) =>
  expect.objectContaining({ status, code, message, request_id: UUID, output: null });

describe.each([
  ['1.20', PYTHON_1],
  ['2.0', PYTHON_2],
] as const)('Python, %s', (_, sdk) => {
  const steps = (...list: readonly (readonly [string, object])[]) => sdk?.([JSON.stringify(list)], env);

  it.skipIf(!sdk)(
    'looks at pictures by their addresses, at once and in an event loop, in a workspace',
    async () => {
      const [pass, profile] = ['pass.jpg', 'profile.jpg'].map((name) => `${pictures}/${name}`);
      expect(
        await steps(
          ['detect', { image_url: pass }],
          ['detect', { image_url: profile, workspace: 'llm-0123' }],
          ['detect_asyncio', { image_urls: [pass, profile, pass] }],
        ),
      ).toEqual([judged(PASS), judged(FAIL), [judged(PASS), judged(FAIL), judged(PASS)]]);
    },
  );

  it.skipIf(!sdk)('is told what is wrong in the vendor’s words', async () => {
    expect(
      await steps(
        ['detect', { image_url: `${pictures}/nothing` }],
        ['detect', { image_url: '/etc/passwd' }],
        ['detect', { image_url: 'oss://bucket/a.jpg' }],
        ['detect', { image_url: `${pictures}/pass.jpg`, model: 'another-model' }],
        ['detect', { input: { picture: 'x' } }],
        ['detect', { image_url: `${pictures}/pass.jpg`, api_key: 'sk-nobody-knows-this-key' }],
        ['detect', { image_url: `${pictures}/pass.jpg`, headers: { 'X-DashScope-Async': 'enable' } }],
      ),
    ).toEqual([
      refused(400, 'InvalidParameter.InputDownloadFailed', 'Failed to download input files.'),
      ...Array(2).fill(
        refused(
          400,
          'InvalidParameter',
          'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
        ),
      ),
      refused(400, 'InvalidParameter', 'Model not exist.'),
      refused(400, 'InvalidParameter', 'Field required: image_url'),
      refused(401, 'InvalidApiKey', 'Invalid API-key provided.'),
      refused(403, 'AccessDenied', 'current user api does not support asynchronous calls'),
    ]);
  });

  it.skipIf(!sdk)('uploads a file of this machine, and has it looked at', async () => {
    const [first, again, tooLarge] = await steps(
      ['upload_and_detect', { path: local }],
      ['upload_and_detect', { path: `file://${local}` }],
      ['upload_and_detect', { path: large }],
    );
    for (const each of [first, again]) {
      expect(each).toEqual({
        address: expect.stringMatching(/^oss:\/\/dashscope-instant\/.*\/мой портрет \(1\)\.jpg$/),
        ...judged(PASS),
      });
    }
    expect(tooLarge).toMatchObject({
      error: 'UploadFileException',
      message: expect.stringContaining('EntityTooLarge'),
    });
  });
});

describe.each([
  ['1.20', PYTHON_1],
  ['2.0', PYTHON_2],
] as const)('Python, %s, with one base URL for all of its calls', (_, sdk) => {
  it.skipIf(!sdk)('has the vendor’s other calls answered by the upstream', async () => {
    const told = (output: string) =>
      JSON.stringify({ output: { text: output, finish_reason: 'stop' }, usage: {}, request_id: 'theirs' });
    const upstream = createServer((request, response) => {
      const isStream = request.resume().headers.accept?.includes('event-stream');
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
      const events = ['a', 'ab'].map(
        (output) => `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${told(output)}\n\n`,
      );
      response.end(isStream ? events.join('') : told('whole'));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void upstream.close());
    const at = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const data = mkdtempSync(join(folder, 'upstream-'));
    const { url } = await serve(onTestFinished, data, { args: ['--upstream', at] });
    const pass = { image_url: `${pictures}/pass.jpg` };
    const one = { ...env, DASHSCOPE_HTTP_BASE_URL: `${url}/api/v1`, DASHSCOPE_API_KEY: KEY };
    const steps = [
      ['generate', { prompt: 'x' }],
      ['detect', pass],
    ];
    const answers = [{ text: 'whole', events: ['a', 'ab'] }, judged(PASS)];
    expect(await sdk?.([JSON.stringify(steps)], one)).toEqual(answers);

    // Or only detection comes here, by the address of its own call.
    const own = { ...pass, base_address: `${url}/api/v1`, api_key: KEY };
    const elsewhere = {
      ...env,
      DASHSCOPE_HTTP_BASE_URL: `${at}/api/v1`,
      DASHSCOPE_API_KEY: 'sk-the-vendors-own-key',
    };
    const calls = [
      ['generate', { prompt: 'x' }],
      ['detect', own],
    ];
    expect(await sdk?.([JSON.stringify(calls)], elsewhere)).toEqual(answers);
  });
});

it.skipIf(!PYTHON_2)(
  'Python, with one certificate for two files of a name, sees the second refused',
  async () => {
    const answers = await PYTHON_2?.([JSON.stringify([['upload_twice', { path: local }]])], env);
    expect(answers).toMatchObject([
      { error: 'UploadFileException', message: expect.stringContaining('FileAlreadyExists') },
    ]);
  },
);

describe('Java', () => {
  it.skipIf(!JAVA)(
    'looks at pictures by address and by file, in a workspace, and is told what is wrong',
    async () => {
      const answers = await JAVA?.(
        [
          `${pictures}/pass.jpg`,
          'workspace=llm-0123',
          `${pictures}/profile.jpg`,
          local,
          `${pictures}/nothing`,
        ],
        env,
      );
      expect(answers).toEqual([
        { output: PASS, request_id: UUID },
        { output: FAIL, request_id: UUID },
        { output: PASS, request_id: UUID },
        {
          status: 400,
          code: 'InvalidParameter.InputDownloadFailed',
          message: 'Failed to download input files.',
          request_id: UUID,
        },
      ]);
    },
  );
});

/**
 * Makes `src/server/api-examples.json`, the examples of the API's description, out of what the built service really answers:
 * `npm run build && npx tsx tools/docs/api-examples.ts`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ApiExamples } from '../../src/server/openapi-details.ts';
import { MODEL_NAMES } from '../../src/wire/models.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'bin/liveportrait-detect.js');
const TARGET = join(ROOT, 'src/server/api-examples.json');
/** Where the pictures are, for readers. */
const PICTURES = 'https://pictures.example';
const START_MS = 120_000;
/** What is no key, in the form of one. */
const NO_KEY = `sk-${'0'.repeat(64)}`;

type Call = (path: string, init?: RequestInit, key?: string) => Promise<Response>;

/** Runs a service, asks it, and gives what it answered. */
export async function collectExamples(): Promise<ApiExamples> {
  const tasks: (() => unknown)[] = [];
  try {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-examples-'));
    tasks.push(() => rmSync(folder, { recursive: true, force: true }));
    const env = { ...process.env, LPD_DATA_DIR: folder, LPD_DOWNLOAD_ALLOW: '127.0.0.0/8' };
    const makeKey = (name: string, qps: string) => {
      const args = [BIN, 'keys', 'create', '--name', name, '--qps', qps, '--models', MODEL_NAMES.join(',')];
      return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout.trim();
    };
    const [key, slow] = [makeKey('docs', '1000'), makeKey('slow', '1')];
    const pictures = await servePictures((task) => tasks.push(task));
    const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', '--workers', '1'], { env });
    tasks.push(() => child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => {
        said += bytes;
      });
    const end = Date.now() + START_MS;
    while (!/listens on \S+;/.test(said) && Date.now() < end && child.exitCode === null) await sleep(50);
    const url = /listens on (\S+);/.exec(said)?.[1];
    if (url === undefined) throw new Error(said);
    const call: Call = (path, init = {}, with_ = key) =>
      fetch(url + path, { ...init, headers: { authorization: `Bearer ${with_}`, ...init.headers } });
    return JSON.parse(
      JSON.stringify(await ask(call, pictures, slow))
        .replaceAll(pictures, PICTURES)
        .replaceAll(url, 'https://detect.example'),
    );
  } finally {
    for (const task of tasks.reverse()) task();
  }
}

async function servePictures(cleanup: (task: () => unknown) => void): Promise<string> {
  const server = createServer((request, response) => {
    const name = /^\/(\w+\.jpg)$/.exec(request.url ?? '')?.[1];
    try {
      response.end(readFileSync(join(ROOT, 'examples', name ?? '')));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ask(call: Call, pictures: string, slow: string): Promise<ApiExamples> {
  const examples: Record<
    string,
    { request: Record<string, unknown>; responses: Record<string, Record<string, unknown>> }
  > = {};
  /** Keeps an answer under its status, by its token or a name of its own. */
  const keep = async (operation: string, name: string, answering: Promise<Response>, request?: unknown) => {
    const answer = await answering;
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const kept = examples[operation] ?? { request: {}, responses: {} };
    examples[operation] = kept;
    const status = kept.responses[answer.status] ?? {};
    kept.responses[answer.status] = status;
    const told = answer.ok ? name : (answer.headers.get('x-reason') ?? name);
    status[told] = type.includes('ndjson') ? text : JSON.parse(text);
    if (request !== undefined) kept.request[name] = request;
    return status[told] as Record<string, unknown> | undefined;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, key?: string) =>
    call(
      path,
      {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      },
      key,
    );

  const at = (end: string) => `/api/v1/services/aigc/image2video/${end}`;
  const asked = (model: string, name: string) => ({ model, input: { image_url: `${pictures}/${name}.jpg` } });
  const portrait = asked('liveportrait-detect', 'pass');
  await keep('detect', 'passed', post(at('face-detect'), portrait), portrait);
  await keep('detect', 'refused', post(at('face-detect'), asked('liveportrait-detect', 'profile')));
  const emo = asked('emo-detect-v1', 'pass');
  await keep('detect', 'emo-detect-v1', post(at('face-detect'), emo), emo);
  await keep(
    'detect',
    'wan2.2-s2v-detect refused',
    post(at('face-detect'), asked('wan2.2-s2v-detect', 'none')),
  );
  await keep('detect', '', post(at('face-detect'), asked('liveportrait-detect', 'nowhere')));
  await keep('detect', '', post(at('face-detect'), asked('liveportrait-detect-v2', 'pass')));
  await keep('detect', '', post(at('face-detect'), { ...portrait, input: { image_url: '/tmp/a.jpg' } }));
  await keep('detect', '', post(at('face-detect'), portrait, { 'x-dashscope-async': 'enable' }));
  await keep('detect', '', post(at('face-detect'), portrait, {}, NO_KEY));
  await keep('detect', '', post(at('face-detect'), portrait, { authorization: '' }));
  for (let times = 0; times < 3; times++) await keep('detect', 'slow', post(at('face-detect'), {}, {}, slow));
  const body = asked('animate-anyone-detect-gen2', 'none');
  await keep('detectBody', 'refused', post(at('aa-detect'), body), body);
  await keep('detectBody', '', post(at('aa-detect'), asked('liveportrait-detect', 'pass')));

  const address = { url: `${pictures}/profile.jpg` };
  await keep('inspect', 'by address', post('/v1/inspect', address), address);
  await keep('inspect', '', post('/v1/inspect', { url: `${pictures}/nowhere.jpg` }));
  await keep('inspect', '', post('/v1/inspect', { ...address, policy: { minFaceWidth: -1 } }));
  await keep('inspect', '', post('/v1/inspect', address, {}, NO_KEY));
  const none = { url: `${pictures}/none.jpg` };
  await keep('fix', 'not repaired', post('/v1/fix', none), none);
  await keep('fix', '', post('/v1/fix?face=9', { url: `${pictures}/tilted.jpg` }));

  const list = { urls: [`${pictures}/pass.jpg`, { url: `${pictures}/profile.jpg`, id: 'customer-7' }] };
  const made = await keep('createJob', 'two addresses', post('/v1/jobs', list), list);
  await keep('createJob', '', post('/v1/jobs', { urls: [] }));
  const job = `/v1/jobs/${made?.id}`;
  await keep('jobResults', 'all', call(`${job}/results?wait=30`));
  await keep('job', 'done', call(job));
  await keep('job', '', call('/v1/jobs/6f1ed002-ab5e-4c3d-9f0e-2a3b4c5d6e7f'));
  await keep('cancelJob', 'forgotten', call(job, { method: 'DELETE' }));

  const granted = await keep(
    'uploadPolicy',
    'granted',
    call('/api/v1/uploads?action=getPolicy&model=liveportrait'),
  );
  await keep('uploadPolicy', '', call('/api/v1/uploads?action=else'));
  const { data } = granted as { data: Record<string, string> };
  const form = (signature: string) => {
    const fields = {
      OSSAccessKeyId: data.oss_access_key_id,
      Signature: signature,
      policy: data.policy,
      'x-oss-object-acl': data.x_oss_object_acl,
      'x-oss-forbid-overwrite': data.x_oss_forbid_overwrite,
      key: `${data.upload_dir}/portrait.jpg`,
      success_action_status: '200',
    };
    const sent = new FormData();
    for (const [name, value] of Object.entries(fields)) sent.append(name, value ?? '');
    sent.append('file', new Blob([readFileSync(join(ROOT, 'examples/pass.jpg'))]), 'portrait.jpg');
    return sent;
  };
  const send = (signature = '') => call('/api/v1/uploads/objects', { method: 'POST', body: form(signature) });
  await keep('upload', 'taken', send(data.signature));
  await keep('upload', '', send('AAAA'));
  await keep('upload', '', send(data.signature));
  return examples;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TARGET, `${JSON.stringify(await collectExamples(), null, 2)}\n`);
}

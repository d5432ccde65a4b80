/** Nothing leaves but what was asked for, and nothing is written but what was named: docs/privacy.md, under strace. */
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { start } from '../cli/spawn.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { KEY, serve } from './serving.ts';
import { CAN_TRACE, Trace } from './tracing.ts';

// Each system call of a traced process costs it a stop.
vi.setConfig({ testTimeout: 180_000 });

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;
const NOTHING = { sent: [], written: [], pried: [] };
const cleanup = (task: () => Promise<void>) => onTestFinished(task);

if (!CAN_TRACE) process.stderr.write('What leaves is not tested: apt-get install strace\n');

function makeTrace(): Trace {
  const trace = new Trace();
  onTestFinished(() => rm(trace.folder, { recursive: true, force: true }));
  return trace;
}

/** Runs a command or another program to its end. */
async function run(trace: Trace, args: readonly string[], program?: string) {
  const ended = await start(args, { through: trace.through, env: trace.env }, program).ended;
  expect(ended.signal).toBeNull();
  return ended;
}

/** A program of somebody's. */
async function program(trace: Trace, text: string): Promise<string> {
  const file = join(trace.folder, 'program.mjs');
  await writeFile(file, text);
  return file;
}

/** A server of pictures, and of a webhook; gives its `address:port`. */
async function pictureServer(): Promise<string> {
  const picture = await readFile(`${EXAMPLES}pass.jpg`);
  const server = createServer((_request, response) => response.end(picture));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(!CAN_TRACE)('under strace', () => {
  test('a program that sends, looks up, writes and pries is seen doing so', async () => {
    const trace = makeTrace();
    const host = await pictureServer();
    const spy = await program(
      trace,
      `import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { lookup } from 'node:dns/promises';
import { Worker, isMainThread } from 'node:worker_threads';
if (isMainThread) new Worker(new URL(import.meta.url));
else {
  mkdirSync(homedir() + '/.cache');
  writeFileSync(tmpdir() + '/mat-debug.log', '');
  try { readFileSync('/etc/machine-id'); } catch {}
  await lookup('localhost');
  await fetch('http://${host}/');
}`,
    );
    expect((await run(trace, [], spy)).code).toBe(0);
    const { sent, written, pried } = trace.seen();
    expect(sent).toContain(host);
    expect(written).toEqual([join(trace.home, '.cache'), join(trace.temporary, 'mat-debug.log')]);
    expect(pried).toEqual(
      expect.arrayContaining(['/etc/machine-id', '/etc/hosts', join(trace.home, '.cache')]),
    );
    expect(trace.left()).toEqual(['.cache', 'mat-debug.log']);
  });

  test('the library, in a program and in a thread of it', async () => {
    const trace = makeTrace();
    const user = await program(
      trace,
      `import { readFile } from 'node:fs/promises';
import { Worker, isMainThread } from 'node:worker_threads';
import { createInspector } from '${LIBRARY}';
const inspector = await createInspector();
const { pass } = await inspector.inspect(await readFile('${EXAMPLES}pass.jpg'));
await inspector.close();
console.log(pass);
if (isMainThread) new Worker(new URL(import.meta.url));`,
    );
    expect((await run(trace, [], user)).out).toBe('true\ntrue\n');
    expect(trace.seen()).toEqual(NOTHING);
    expect(trace.left()).toEqual([]);
  });

  test('check, with everything that it can write', async () => {
    const trace = makeTrace();
    const [sheet, drawn] = [join(trace.folder, 'sheet.html'), join(trace.folder, 'drawn')];
    const { code } = await run(trace, ['check', EXAMPLES, '--report', sheet, '--annotate', drawn]);
    expect(code).toBe(1);
    const { written, ...rest } = trace.seen({ into: [drawn] });
    expect({ ...rest, written: [] }).toEqual(NOTHING);
    // A report is written beside its place, and moved there when it is whole.
    expect(written.filter((path) => !path.startsWith(sheet))).toEqual([]);
    expect(written).toContain(sheet);
    expect(trace.left()).toEqual([]);
  });

  test('fix', async () => {
    const trace = makeTrace();
    const pictures = join(trace.folder, 'pictures');
    const repaired = join(trace.folder, 'repaired');
    await mkdir(pictures);
    for (const name of ['group.jpg', 'small.jpg']) await copyFile(EXAMPLES + name, join(pictures, name));
    expect((await run(trace, ['fix', pictures, '-o', repaired])).code).toBe(1);
    expect(trace.seen({ into: [repaired] })).toEqual(NOTHING);
    expect(trace.left()).toEqual([]);
  });

  test('serve: pictures, addresses, repairs, a job, both pages, the metrics', async () => {
    const trace = makeTrace();
    const host = await pictureServer();
    const { through, env } = trace;
    const service = await serve(cleanup, trace.data, { through, env, args: ['--metrics-port', '0'] });
    const headers = { authorization: `Bearer ${KEY}` };
    const post = (path: string, body: string | Uint8Array) => {
      const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
      const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body };
      return fetch(service.url + path, init);
    };
    const url = `http://${host}/portrait-of-somebody.jpg?signature=s3cret`;
    const listed = `http://${host}/one-of-a-job.jpg`;
    const vendor = { model: 'liveportrait-detect', input: { image_url: url } };
    const portrait = await readFile(`${EXAMPLES}pass.jpg`);
    const small = await readFile(`${EXAMPLES}small.jpg`);
    // One after the other, within the rate of a key.
    for (const call of [
      () => post('/v1/inspect', portrait),
      () => post('/v1/inspect', JSON.stringify({ url })),
      () => post('/api/v1/services/aigc/image2video/face-detect', JSON.stringify(vendor)),
      () => post('/v1/fix', small),
      ...['/', '/docs/', '/docs/js/scalar.js', '/openapi.json'].map(
        (path) => () => fetch(service.url + path),
      ),
    ]) {
      const answer = await call();
      expect(answer.status, answer.url).toBe(200);
      await answer.arrayBuffer();
    }
    const job = await post('/v1/jobs', JSON.stringify({ urls: [listed], webhook: `http://${host}/told` }));
    const { id } = (await job.json()) as { id: string };
    const results = await fetch(`${service.url}/v1/jobs/${id}/results?wait=20`, { headers });
    expect(await results.text()).toContain('"pass":true');
    expect((await service.end('SIGTERM')).code).toBe(0);
    expect(trace.seen({ to: [host], into: [trace.data] })).toEqual(NOTHING);
    expect(trace.left()).toEqual([]);

    const names = await readdir(trace.data);
    const kept = Buffer.concat(await Promise.all(names.map((name) => readFile(join(trace.data, name)))));
    // Of a job, its addresses; of any other picture, neither address nor bytes; of a key, a digest.
    expect(kept.includes('one-of-a-job')).toBe(true);
    const pieces = [portrait, small].map((bytes) => bytes.subarray(2_000, 2_032));
    for (const secret of [...pieces, 'portrait-of-somebody', 's3cret', KEY]) {
      expect(kept.includes(secret)).toBe(false);
    }
    expect(service.said()).toContain(`"image_host":"127.0.0.1"`);
    for (const secret of ['portrait-of-somebody', 'one-of-a-job', 's3cret', KEY]) {
      expect(service.said()).not.toContain(secret);
    }
  });

  test.skipIf(!CAN_CONNECT)('worker, which speaks to its database', async () => {
    const trace = makeTrace();
    const database = await createDatabase(await sharedServer());
    cleanup(database.remove);
    const { through, env } = trace;
    const options = ['--data-dir', trace.data, '--workers', '1', '--metrics-port', '0'];
    const { child, ended } = start(['worker', ...options], {
      through,
      env: { ...env, DATABASE_URL: database.url },
    });
    cleanup(async () => void child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    await vi.waitFor(() => expect(said).toContain('"working"'), { timeout: 60_000 });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const { sent, ...rest } = trace.seen({ into: [trace.data] });
    expect({ sent: [], ...rest }).toEqual(NOTHING);
    const { host, port } = new pg.Client({ connectionString: database.url });
    const places = [`${host}:${port}`, join(host, `.s.PGSQL.${port}`)];
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((where) => !places.includes(where))).toEqual([]);
    expect(trace.left()).toEqual([]);
  });
  if (!CAN_CONNECT) process.stderr.write(`${HOW_TO_GET}\n`);
});

test('a browser is told to load nothing of either page from elsewhere', async () => {
  const trace = makeTrace();
  const { url } = await serve(cleanup, trace.data);
  for (const path of ['/', '/docs/']) {
    const answer = await fetch(url + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src '(?:none|self)'/);
    const sources = policy.split(';').flatMap((part) => part.trim().split(/\s+/).slice(1));
    // Words in quotes and schemes of the page's own data; no host, no * and no http(s):.
    expect(sources.filter((source) => !/^(?:'.*'|data:|blob:)$/.test(source))).toEqual([]);
    expect(await answer.text()).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//);
  }
});

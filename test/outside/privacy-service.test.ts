/** docs/privacy.md, of the service and the worker: what they send, read, write, keep and log, under strace. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { start } from '../cli/spawn.ts';
import { serveNames } from '../download/name-server.ts';
import {
  admin,
  CAN_CONNECT,
  CAN_START,
  createDatabase,
  HOW_TO_GET,
  sharedServer,
  startCluster,
} from '../postgres.ts';
import { serveHere } from '../serve-here.ts';
import { KEY, type Serving, serve } from './serving.ts';
import { EXAMPLES, makeTrace, NOTHING, servePicture, untold } from './traced.ts';
import { CAN_TRACE, type Trace } from './tracing.ts';

// Each system call of a traced process costs it a stop.
vi.setConfig({ testTimeout: 180_000 });

const cleanup = (task: () => Promise<void>) => onTestFinished(task);
/** A name server of the test's own, at the port where all look for one. */
const NAME_SERVER = '127.53.53.53';
/** What a line of the log may have, of a request. */
const LOGGED = 'image_bytes image_host key level method ms msg reason request_id route status time'.split(
  ' ',
);

/** Whether a process can have an /etc/resolv.conf of its own here. */
const CAN_MOUNT = spawnSync('unshare', ['--mount', 'true']).status === 0;
if (!CAN_MOUNT)
  process.stderr.write('What is asked of name servers is not tested: it needs root, and unshare\n');

/** Calls a service with a key. */
function clientOf({ url }: Serving) {
  const headers = { authorization: `Bearer ${KEY}` };
  return {
    headers,
    post: (path: string, body: string | Uint8Array<ArrayBuffer>) => {
      const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
      return fetch(url + path, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
    },
  };
}

describe.skipIf(!CAN_TRACE)('under strace', () => {
  test('serve: pictures, addresses, repairs, a job, both pages, the metrics', async () => {
    const trace = makeTrace();
    const host = await servePicture();
    let told = '';
    const listener = await serveHere(async (request, response) => {
      told += await text(request);
      response.end();
    });
    const { through, env } = trace;
    const service = await serve(cleanup, trace.data, { through, env, args: ['--metrics-port', '0'] });
    const { headers, post } = clientOf(service);
    const url = `http://${host}/portrait-of-somebody.jpg?signature=s3cret`;
    const listed = `http://${host}/one-of-a-job.jpg`;
    const vendor = { model: 'liveportrait-detect', input: { image_url: url } };
    const portrait = await readFile(`${EXAMPLES}pass.jpg`);
    const small = await readFile(`${EXAMPLES}small.jpg`);
    const metricsUrl = /"metrics":"([^"]+)"/.exec(service.said())?.[1] ?? '';
    // One after the other, within the rate of a key.
    for (const call of [
      () => post('/v1/inspect', portrait),
      () => post('/v1/inspect', JSON.stringify({ url })),
      () => post('/api/v1/services/aigc/image2video/face-detect', JSON.stringify(vendor)),
      () => post('/v1/fix', small),
      ...['/', '/docs/', '/openapi.json'].map((path) => () => fetch(service.url + path)),
    ]) {
      const answer = await call();
      expect(answer.status, answer.url).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      await answer.arrayBuffer();
    }
    const webhook = `http://${listener}/told`;
    const job = await post('/v1/jobs', JSON.stringify({ urls: [listed], webhook }));
    const { id } = (await job.json()) as { id: string };
    const results = await fetch(`${service.url}/v1/jobs/${id}/results?wait=20`, { headers });
    expect(await results.text()).toContain('"pass":true');
    await vi.waitFor(
      () => expect(JSON.parse(told)).toMatchObject({ event: 'job.ended', job: { id } }),
      20_000,
    );
    const metrics = await (await fetch(metricsUrl)).text();
    expect((await service.end('SIGTERM')).code).toBe(0);
    expect(trace.seen({ to: [host, listener], into: [trace.data] })).toEqual(NOTHING);
    expect(trace.seen().sent).toEqual(expect.arrayContaining([host, listener]));
    expect(untold(trace)).toEqual([]);
    expect(trace.left()).toEqual([]);

    const found = await readdir(trace.data, { recursive: true, withFileTypes: true });
    const names = found
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const kept = Buffer.concat(await Promise.all(names.map((name) => readFile(name))));
    // Of a job, its addresses; of any other picture, neither address nor bytes; of a key, a digest.
    expect(kept.includes('one-of-a-job')).toBe(true);
    const pieces = [portrait, small].map((bytes) => bytes.subarray(2_000, 2_032));
    for (const secret of [...pieces, 'portrait-of-somebody', 's3cret', KEY]) {
      expect(kept.includes(secret)).toBe(false);
    }
    const lines = service
      .said()
      .split('\n')
      .filter((line) => line.includes('"answered"'));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      expect(Object.keys(JSON.parse(line)).filter((name) => !LOGGED.includes(name))).toEqual([]);
    }
    expect(service.said()).toContain(`"image_host":"127.0.0.1"`);
    for (const secret of ['portrait-of-somebody', 'one-of-a-job', 's3cret', KEY]) {
      expect(service.said()).not.toContain(secret);
      expect(told).not.toContain(secret);
    }
    expect(metrics).toContain('lpd_pictures_total');
    for (const caller of ['bootstrap', '127.0.0.1', id, KEY]) expect(metrics).not.toContain(caller);
  });

  test.skipIf(!CAN_MOUNT)(
    'serve asks the name servers of /etc/resolv.conf for hosts of addresses',
    async () => {
      const trace = makeTrace();
      const pictures = await servePicture();
      const port = pictures.split(':')[1];
      const zone = {
        'pictures.example': { a: ['127.0.0.1'], aaaa: [] },
        'webhooks.example': { a: [], aaaa: [] },
      };
      const names = await serveNames(zone, { address: NAME_SERVER, port: 53 });
      onTestFinished(() => names.close());
      const resolvers = join(trace.folder, 'resolv.conf');
      writeFileSync(resolvers, `nameserver ${NAME_SERVER}\nsearch here.example\n`);
      const mount = `mount --bind ${resolvers} /etc/resolv.conf && exec "$@"`;
      const through = ['unshare', '--mount', 'sh', '-c', mount, 'sh', ...trace.through];
      const service = await serve(cleanup, trace.data, { through, env: trace.env });
      const { post } = clientOf(service);
      const url = `http://pictures.example:${port}/it.jpg`;
      expect((await post('/v1/inspect', JSON.stringify({ url }))).status).toBe(200);
      const webhook = 'https://webhooks.example/told';
      expect((await post('/v1/jobs', JSON.stringify({ urls: [url], webhook }))).status).toBe(202);
      await vi.waitFor(() => expect(names.asked).toContain('webhooks.example'), 20_000);
      expect((await service.end('SIGTERM')).code).toBe(0);
      expect([...new Set(names.asked)]).toEqual(['pictures.example', 'webhooks.example']);
      expect(trace.seen({ to: [pictures, `${NAME_SERVER}:53`], into: [trace.data] })).toEqual(NOTHING);
      expect(untold(trace)).toEqual([]);
    },
  );

  /** Starts a worker, waits until it works, and ends it. */
  async function work(trace: Trace, url: string): Promise<void> {
    const options = ['--data-dir', trace.data, '--workers', '1', '--metrics-port', '0'];
    const { through, env } = trace;
    const { child, ended } = start(['worker', ...options], { through, env: { ...env, DATABASE_URL: url } });
    cleanup(async () => void child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    await vi.waitFor(() => expect(said).toContain('"working"'), { timeout: 60_000 });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(untold(trace)).toEqual([]);
  }

  test.skipIf(!CAN_CONNECT)('worker, which speaks to its database', async () => {
    const trace = makeTrace();
    const database = await createDatabase(await sharedServer());
    cleanup(database.remove);
    await work(trace, database.url);
    const { sent, ...rest } = trace.seen({ into: [trace.data] });
    expect({ sent: [], ...rest }).toEqual(NOTHING);
    const { host, port } = new pg.Client({ connectionString: database.url });
    const places = [`${host}:${port}`, join(host, `.s.PGSQL.${port}`)];
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((where) => !places.includes(where))).toEqual([]);
    expect(trace.left()).toEqual([]);
  });

  test.skipIf(!CAN_START)(
    'worker looks into ~/.pgpass where PostgreSQL wants a password, and nowhere else',
    async () => {
      const trace = makeTrace();
      const cluster = await startCluster();
      cleanup(cluster.remove);
      await admin(cluster.url, "ALTER USER lpd PASSWORD 'from-the-home-folder'");
      const [{ hba_file: rules = '' } = {}] = await admin<{ hba_file: string }>(cluster.url, 'SHOW hba_file');
      writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll(/\btrust$/gm, 'scram-sha-256'));
      await admin(cluster.url, 'SELECT pg_reload_conf()');
      const passwords = join(trace.home, '.pgpass');
      appendFileSync(passwords, '*:*:*:*:from-the-home-folder\n');
      chmodSync(passwords, 0o600);
      await work(trace, cluster.url);
      const { pried } = trace.seen();
      expect([...new Set(pried)]).toEqual([passwords]);
      expect(trace.left()).toEqual(['.pgpass']);
    },
  );
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

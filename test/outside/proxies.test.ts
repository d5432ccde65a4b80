/** The service behind nginx and Caddy, as `deploy/proxy/` sets them up: TLS, a prefix, HTTP/2, and nothing lost or added on the way. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Agent, FormData, fetch, type RequestInit } from 'undici';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { INSPECT_BODY_LIMIT } from '../../src/wire/body-limit.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { createAuthority, createCertificate } from '../download/certificates.ts';
import { freePort } from '../free-port.ts';
import { CHROMIUM, CHROMIUM_ARGUMENTS, SKIPPED as NO_BROWSER } from '../web/chromium.ts';
import { command, type Serving, serve } from './serving.ts';
import { startUpstream, type Upstream } from './upstream-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 150_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PORTRAIT = readFileSync(join(ROOT, 'examples/pass.jpg'));
const MIB = 1024 * 1024;

interface Proxy {
  readonly name: string;
  /** Its file in `deploy/proxy/`. */
  readonly file: string;
  /** What a test changes in that file: where it listens, its certificate, where the service is. Each has to be in it. */
  readonly changes: (place: Place) => readonly (readonly [string, string])[];
  /** What is around it. */
  readonly frame: (site: string, folder: string) => string;
  readonly args: (config: string, folder: string) => readonly string[];
}
interface Place {
  readonly port: number;
  readonly backend: string;
  readonly cert: string;
  readonly key: string;
}

const PROXIES: readonly Proxy[] = [
  {
    name: 'nginx',
    file: 'nginx.conf',
    changes: ({ port, backend, cert, key }) => [
      ['server 127.0.0.1:8080;', `server ${backend};`],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['/etc/ssl/detect.example/fullchain.pem', cert],
      ['/etc/ssl/detect.example/privkey.pem', key],
    ],
    frame: (site, folder) =>
      [
        `daemon off; pid ${folder}/pid; error_log stderr warn; worker_processes 1;`,
        ...(process.getuid?.() === 0 ? ['user root;'] : []),
        'events { worker_connections 256; }',
        'http { access_log off;',
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (kind) => `${kind}_temp_path ${folder}/${kind};`,
        ),
        site,
        '}',
      ].join('\n'),
    args: (config, folder) => ['-p', folder, '-c', config],
  },
  {
    name: 'caddy',
    file: 'Caddyfile',
    changes: ({ port, backend, cert, key }) => [
      ['detect.example {', `https://127.0.0.1:${port} {\n\ttls ${cert} ${key}`],
      ['reverse_proxy 127.0.0.1:8080', `reverse_proxy ${backend}`],
    ],
    frame: (site) => `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${site}`,
    args: (config) => ['run', '--adapter', 'caddyfile', '--config', config],
  },
];

const isThere = (name: string) => spawnSync(name, [name === 'nginx' ? '-v' : 'version']).status === 0;

describe.each(PROXIES)('$name', (proxy) => {
  const isMissing = !isThere(proxy.name);
  if (isMissing && process.env.CI) throw new Error(`${proxy.name} is not installed`);
  describe.skipIf(isMissing)(isMissing ? '(skipped; to run: install it)' : 'in front', () => behind(proxy));
});

function behind(proxy: Proxy): void {
  const cleanup = cleanupAfterAll();
  let upstream: Upstream;
  let service: Serving;
  let base: string;
  let origin: string;
  let ca: string;
  let agent: Agent;
  let secret: string;
  let bearer: Record<string, string>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-proxy-'));
    cleanup(() => rmSync(folder, { recursive: true, force: true }));
    upstream = await startUpstream(cleanup);
    const port = await freePort();
    secret = (await command(join(folder, 'data'), 'keys', 'create', '--name', 'one', '--qps', '1000')).trim();
    bearer = { authorization: `Bearer ${secret}` };
    origin = `https://127.0.0.1:${port}`;
    base = `${origin}/dashscope`;
    service = await serve(cleanup, join(folder, 'data'), {
      args: ['--upstream', upstream.url, '--upstream-callers', 'anyone', '--upstream-connections', '3'],
      env: { LPD_TRUSTED_PROXIES: '127.0.0.1', LPD_UPLOAD_URL: base },
    });
    const authority = await createAuthority();
    const { cert, key } = await createCertificate(['localhost'], { authority, addresses: ['127.0.0.1'] });
    ca = authority.cert;
    const place = {
      port,
      backend: new URL(service.url).host,
      cert: join(folder, 'cert.pem'),
      key: join(folder, 'key.pem'),
    };
    writeFileSync(place.cert, cert);
    writeFileSync(place.key, key);
    let site = readFileSync(join(ROOT, 'deploy/proxy', proxy.file), 'utf8');
    for (const [from, to] of proxy.changes(place)) {
      expect(site).toContain(from);
      site = site.replace(from, to);
    }
    const config = join(folder, proxy.file);
    writeFileSync(config, proxy.frame(site, folder));
    const child = spawn(proxy.name, [...proxy.args(config, folder)], {
      env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    cleanup(() => void child.kill('SIGTERM'));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
    agent = new Agent({ connect: { ca } });
    cleanup(() => agent.close());
    const answers = async () => {
      if (child.exitCode !== null) throw new Error(`${proxy.name} ended: ${said}`);
      expect((await call('/healthz')).status).toBe(200);
    };
    await vi.waitFor(answers, { timeout: 20_000, interval: 100 });
  });

  const call = (path: string, init: RequestInit = {}) =>
    fetch(base + path, { redirect: 'manual', dispatcher: agent, ...init });

  it('speaks HTTP/2 and TLS in front', async () => {
    const session = connectHttp2(origin, { ca });
    try {
      const status = await new Promise((resolve, reject) => {
        session.on('error', reject);
        session
          .request({ ':path': '/dashscope/readyz' })
          .on('response', (headers) => resolve(headers[':status']));
      });
      expect([session.alpnProtocol, status]).toEqual(['h2', 200]);
    } finally {
      session.destroy();
    }
  });

  it('shows the page and the reference below the prefix', async () => {
    const moved = await call('');
    expect([moved.status, new URL(moved.headers.get('location') ?? '', origin).pathname]).toEqual([
      308,
      '/dashscope/',
    ]);
    for (const path of ['/', '/docs/']) {
      const page = await call(path);
      expect(page.status, path).toBe(200);
      const parts = [...(await page.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(
        ([, part]) => part ?? '',
      );
      const own = parts.map((part) => new URL(part, base + path)).filter((url) => url.origin === origin);
      expect(own.length, path).toBeGreaterThan(0);
      for (const url of own) expect((await fetch(url, { dispatcher: agent })).status, url.href).toBe(200);
    }
  });

  it.skipIf(NO_BROWSER)(`has a page that works below the prefix${NO_BROWSER}`, async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      const failed: string[] = [];
      page.on('response', (answer) => void (answer.status() >= 400 && failed.push(answer.url())));
      page.on(
        'request',
        (asked) =>
          void (
            asked.url().startsWith(`${base}/`) ||
            asked.url().startsWith('blob:') ||
            failed.push(asked.url())
          ),
      );
      await page.addInitScript(`sessionStorage.setItem('liveportrait-detect.key', '${secret}')`);
      await page.goto(`${base}/`);
      await page.getByRole('button', { name: 'Forget key' }).waitFor({ timeout: 30_000 });
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose pictures' }).click(),
      ]);
      await chooser.setFiles(join(ROOT, 'examples/pass.jpg'));
      await page
        .getByRole('region', { name: 'Verdict' })
        .filter({ hasText: /pass/i })
        .waitFor({ timeout: 40_000 });
      expect(failed).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('leaves limits and their answers to the service', async () => {
    const inspect = (body: Uint8Array, at = base) =>
      fetch(`${at}/v1/inspect`, {
        method: 'POST',
        headers: { ...bearer, 'content-type': 'image/jpeg' },
        body,
        dispatcher: agent,
      });
    const passed = await inspect(PORTRAIT);
    expect([passed.status, await passed.json()]).toEqual([200, expect.objectContaining({ pass: true })]);
    for (const bytes of [INSPECT_BODY_LIMIT, INSPECT_BODY_LIMIT + 1]) {
      const told = await Promise.all(
        [base, service.url].map(async (at) => {
          const answer = await inspect(Buffer.alloc(bytes), at);
          const { code, message } = (await answer.json()) as { code: string; message: string };
          return [
            answer.status,
            answer.headers.get('x-reason'),
            answer.headers.get('content-type'),
            code,
            message,
          ];
        }),
      );
      expect(told[0], String(bytes)).toEqual(told[1]);
    }
    const nobody = await call('/v1/inspect', { method: 'POST' });
    expect([nobody.status, nobody.headers.get('x-reason')]).toEqual([401, 'key.missing']);
  });

  it('takes uploads, whose address has the prefix', async () => {
    const { data } = (await (
      await call('/api/v1/uploads?action=getPolicy&model=liveportrait', { headers: bearer })
    ).json()) as {
      data: Record<string, string>;
    };
    expect(data.upload_host).toBe(`${base}/api/v1/uploads/objects`);
    const form = new FormData();
    const fields = { OSSAccessKeyId: data.oss_access_key_id, Signature: data.signature, policy: data.policy };
    const fixed = {
      'x-oss-object-acl': data.x_oss_object_acl,
      'x-oss-forbid-overwrite': data.x_oss_forbid_overwrite,
    };
    for (const [name, value] of Object.entries({
      ...fields,
      ...fixed,
      key: `${data.upload_dir}/a.jpg`,
      success_action_status: '200',
    }))
      form.append(name, value ?? '');
    form.append('file', new Blob([PORTRAIT]), 'a.jpg');
    const sent = await fetch(data.upload_host ?? '', {
      method: 'POST',
      body: form,
      dispatcher: agent,
    });
    expect(sent.status).toBe(200);
    const body = JSON.stringify({
      model: 'liveportrait-detect',
      input: { image_url: `oss://${data.upload_dir}/a.jpg` },
    });
    const headers = { ...bearer, 'x-dashscope-ossresourceresolve': 'enable' };
    const judged = await call('/api/v1/services/aigc/image2video/face-detect', {
      method: 'POST',
      body,
      headers,
    });
    expect(await judged.json()).toMatchObject({ output: { pass: true } });
  });

  it('leaves paths as they are written', async () => {
    for (const path of [
      '/api/v1/tasks/a%2Fb?x=%20&y=/../',
      '/api//v1/tasks/%E4%B8%AD',
      '/compatible-mode/v1/models/a:b@c',
    ]) {
      expect(await (await call(path)).json(), path).toEqual({ by: 'upstream' });
      // Caddy makes one slash of two.
      expect(upstream.asked.at(-1)?.url.replace('//', '/')).toBe(path.replace('//', '/'));
      if (proxy.name === 'nginx') expect(upstream.asked.at(-1)?.url).toBe(path);
    }
    expect(
      upstream.asked.flatMap(({ raw }) => raw.filter((name) => /forwarded|via|x-real/i.test(name))),
    ).toEqual([]);
    upstream.asked.splice(0);
    for (const path of ['/%2e%2e/metrics', '/..%2fmetrics', '/%2fevil.example/'])
      expect((await call(path)).status, path).toBeGreaterThanOrEqual(400);
    expect(upstream.asked).toEqual([]);
  });

  it('gives events as they come, and takes bodies as they come', async () => {
    const answer = await call('/api/v1/x/sse', { method: 'POST', body: '{}' });
    const times: number[] = [];
    for await (const _ of answer.body ?? []) times.push(performance.now());
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
    const pieces = Readable.from(
      (function* () {
        for (let at = 0; at < 40; at++) yield Buffer.alloc(MIB, at);
      })(),
    );
    const stored = await call('/api/v1/files', { method: 'POST', body: pieces as never, duplex: 'half' });
    expect([stored.status, upstream.asked.at(-1)?.bytes]).toEqual([200, 40 * MIB]);
  });

  it('lets go of what nobody waits for any more', async () => {
    for (const path of ['/api/v1/x/mute', '/api/v1/x/stuck']) {
      const gone = new AbortController();
      const asked = call(path, { method: 'POST', body: '{}', signal: gone.signal }).catch(() => undefined);
      await vi.waitFor(() => expect(upstream.open(), path).toBe(1), { timeout: 5_000 });
      gone.abort();
      await asked;
      await vi.waitFor(() => expect(upstream.open(), path).toBe(0), { timeout: 5_000 });
    }
  });

  it('tells who calls, and believes nobody else', async () => {
    const gone = new AbortController();
    const statuses: number[] = [];
    for (const made of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
      statuses.push(
        (await call('/api/v1/x/endless', { signal: gone.signal, headers: { 'x-forwarded-for': made } }))
          .status,
      );
    // All from one address, which may have two of the three places.
    expect(statuses).toEqual([200, 200, 429]);
    gone.abort();
    await vi.waitFor(() => expect(upstream.open()).toBe(0), { timeout: 5_000 });
  });
}

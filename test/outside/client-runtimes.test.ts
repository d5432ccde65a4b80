/** The typed client wherever there is fetch: unpacked alone, without any other package, beside the built service. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { BROWSERS, openBrowser, whySkipped } from '../browser/browsers.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { freePort } from '../free-port.ts';
import { createWrongServer, SAID, USE } from './client-use.ts';
import { binaryOf, emptyProject, getTools, pack, QUIET, ROOT, run } from './installing.ts';
import { command, serve } from './serving.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const execute = promisify(execFile);
/** Cloudflare's runtime for workers, with what it needs. */
const WORKERD = 'workerd@1.20261117.1';

const PROGRAM = `import * as library from 'liveportrait-detect/client';
import { use } from './use.mjs';
const [url, key, wrong] = (globalThis.Deno?.args ?? process.argv.slice(2));
console.log(JSON.stringify(await use(library, url, key, wrong)));`;
const COMMONJS = `const library = require('liveportrait-detect/client');
import('./use.mjs').then(async ({ use }) => console.log(JSON.stringify(await use(library, ...process.argv.slice(2)))));`;
const WORKER = `import * as library from 'liveportrait-detect/client';
import { use } from './use.mjs';
export default {
  fetch: async (request) => Response.json(await use(library, ...new URL(request.url).searchParams.getAll('arg'))),
};`;
const PAGE = `import * as library from 'liveportrait-detect/client';
import { use } from './use.mjs';
globalThis.ask = (...args) => use(library, ...args);`;

const tools = await getTools();
if (tools === null) process.stderr.write('The npm registry is out of reach: the client is tried nowhere.\n');

describe.skipIf(tools === null)('the typed client', () => {
  const tool = tools!;
  const files: Record<string, Uint8Array | string> = {
    '/picture.jpg': readFileSync(join(ROOT, 'examples', 'pass.jpg')),
    '/page.html': '<!doctype html><title>Client</title><script type="module" src="/page.js"></script>',
  };
  let project: string;
  let args: string[];
  const cleanup = cleanupAfterAll();
  beforeAll(async () => {
    const data = mkdtempSync(join(tmpdir(), 'lpd-runtimes-'));
    const archive = await pack();
    project = emptyProject({
      'program.mjs': PROGRAM,
      'program.cjs': COMMONJS,
      'worker.mjs': WORKER,
      'page.mjs': PAGE,
      'use.mjs': USE,
    });
    for (const folder of [data, dirname(archive), project]) {
      cleanup(() => rmSync(folder, { recursive: true, force: true }));
    }
    const ours = join(project, 'node_modules', 'liveportrait-detect');
    mkdirSync(ours, { recursive: true });
    await execute('tar', ['xzf', archive, '-C', ours, '--strip-components=1']);
    const key = (await command(data, 'keys', 'create', '--name', 'client', '--qps', '1000')).trim();
    const { url } = await serve(cleanup, data, { args: ['--cors-origins', '*'] });
    const wrong = createWrongServer(() => files);
    await new Promise<void>((resolve) => wrong.listen(0, '127.0.0.1', resolve));
    cleanup(() => {
      wrong.close();
      wrong.closeAllConnections();
    });
    args = [url, key, `http://127.0.0.1:${(wrong.address() as AddressInfo).port}`];
  });
  const bundle = async (entry: string) => {
    const { outputFiles } = await build({
      absWorkingDir: project,
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      write: false,
    });
    return outputFiles[0]?.text ?? '';
  };

  test.each([
    ['20', () => process.execPath],
    ['22', () => tool('node22', 'bin/node')],
    ['24', () => tool('node24', 'bin/node')],
  ] as const)('in Node %s, as ESM and CommonJS', async (_major, node) => {
    for (const program of ['program.mjs', 'program.cjs']) {
      expect(JSON.parse(await run(node(), [program, ...args], project))).toEqual(SAID);
    }
  });

  test.each([
    ['bun', ['run']],
    // It may reach the network, and nothing else: no file, no variable.
    ['deno', ['run', '--allow-net', '--no-prompt', '--node-modules-dir=manual']],
  ] as const)('in %s', async (name, options) => {
    const binary = binaryOf(dirname(tool(name, 'package.json')), name);
    if (binary === null) {
      process.stderr.write(`There is no ${name} for this machine: it is not tried.\n`);
      return;
    }
    expect(JSON.parse(await run(binary, [...options, 'program.mjs', ...args], project))).toEqual(SAID);
  });

  test.skipIf(process.platform !== 'linux')('in workerd, as on the edge', async () => {
    const folder = emptyProject();
    cleanup(() => rmSync(folder, { recursive: true, force: true }));
    await run('npm', ['install', '--ignore-scripts', ...QUIET, WORKERD], folder);
    const scope = join(folder, 'node_modules', '@cloudflare');
    const name = readdirSync(scope).find((entry) => entry.startsWith('workerd-')) ?? '';
    const binary = join(scope, name, 'bin/workerd');
    const port = await freePort();
    writeFileSync(join(project, 'worker.js'), await bundle('worker.mjs'));
    writeFileSync(join(project, 'config.capnp'), configOf(port));
    const child = spawn(binary, ['serve', 'config.capnp'], { cwd: project, stdio: 'ignore' });
    cleanup(() => void child.kill('SIGKILL'));
    const query = args.map((arg) => `arg=${encodeURIComponent(arg)}`).join('&');
    const answer = await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/?${query}`), {
      timeout: 60_000,
      interval: 200,
    });
    expect(await answer.json()).toEqual(SAID);
  });

  for (const which of BROWSERS) {
    const why = whySkipped(which);
    test.skipIf(why)(`in ${which.name}${why}`, async () => {
      files['/page.js'] = await bundle('page.mjs');
      const browser = await openBrowser(which);
      try {
        const page = await browser.newPage();
        await page.goto(`${args[2]}/page.html`);
        await page.waitForFunction('globalThis.ask');
        expect(await page.evaluate(`ask(...${JSON.stringify(args)})`)).toEqual(SAID);
      } finally {
        await browser.close();
      }
    });
  }
});

const configOf = (port: number) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2025-11-01",
);
`;

/** The service as a process: its first start, its signals, its death. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { EXEC_ARGV, serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';

// Processes take their time to start where other tests run too.
vi.setConfig({ testTimeout: 60_000 });

const COMMAND = fileURLToPath(new URL('./command.ts', import.meta.url));
const PATH = '/api/v1/services/aigc/image2video/face-detect';
const KEY = 'sk-for-the-tests-of-the-process';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Started {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly url: string;
  /** Sends a signal and gives the exit code once the process has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

function run(args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [...EXEC_ARGV, COMMAND, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const note = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, text: () => text };
}

/** Starts the service and waits until it listens. */
async function start(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const { child, text } = run(['serve', '--port', '0', '--workers', '1', '--log-level', 'info'], {
    LPD_DATA_DIR: folder,
    LPD_DOWNLOAD_ALLOW: '127.0.0.0/8',
    ...env,
  });
  const url = () => /listens on (\S+);/.exec(text())?.[1];
  await expect
    .poll(() => url() ?? (child.exitCode === null ? undefined : text()), { timeout: 25_000 })
    .toMatch(/^http:/);
  return {
    child,
    text,
    url: url() ?? '',
    end: async (signal) => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

function detect(url: string, imageUrl: string, secret = KEY): Promise<Response> {
  return fetch(`${url}${PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: imageUrl } }),
  });
}

async function counted(folder: string): Promise<number> {
  const store = await openStore({ dataDir: folder, mustExist: true });
  const rows = await store.usage();
  await store.close();
  return rows.reduce((sum, { count }) => sum + count, 0);
}

describe('the first start', () => {
  it('prints a key and a call that works, once; the next start knows the key', async () => {
    const folder = makeFolder();
    const first = await start(folder);
    const call = /^ {2}(curl .*\/v1\/inspect)$/m.exec(first.text())?.[1];
    const { stdout } = await promisify(execFile)('sh', ['-c', `${call} -sS`]);
    expect(JSON.parse(stdout)).toMatchObject({ pass: true, reason: null });
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await start(folder);
    expect(second.text()).not.toMatch(/sk-/);
    const secret = /sk-\S+/.exec(first.text())?.[0] ?? '';
    expect((await detect(second.url, 'file:///x', secret)).headers.get('x-reason')).toBe('url.invalid');
    expect(
      first
        .text()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .join(''),
    ).not.toContain(secret);
    expect(await second.end('SIGINT')).toBe(0);
  });
});

describe('a start that cannot be', () => {
  it.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['a wrong option', ['--port', 'x'], {}, '--port: "x" is no whole number'],
    ['a wrong variable', [], { LPD_WORKERS: '0' }, 'LPD_WORKERS: "0" is no whole number'],
    ['a policy that is not there', ['--policy', '/nowhere.json'], {}, '/nowhere.json'],
  ])('says what is wrong with %s and ends with 2', async (_name, args, env, message) => {
    const { child, text } = run(['serve', ...args], { LPD_DATA_DIR: makeFolder(), ...env });
    await once(child, 'close');
    expect(text()).toContain(message);
    expect(child.exitCode).toBe(2);
  });

  it('makes no key when the port is taken', async () => {
    const taken = await serve(onTestFinished, (_request, response) => response.end());
    const folder = makeFolder();
    const { child, text } = run(['serve', '--port', new URL(taken).port], { LPD_DATA_DIR: folder });
    await once(child, 'close');
    expect(text()).toContain('Cannot listen on 127.0.0.1');
    expect(child.exitCode).toBe(2);
    const store = await openStore({ dataDir: folder });
    expect(await store.listKeys()).toEqual([]);
    await store.close();
  });
});

describe('SIGTERM', () => {
  it('loses no accepted request, refuses the rest, and ends', async () => {
    const folder = makeFolder();
    const { url, end } = await start(folder, { LPD_BOOTSTRAP_KEY: KEY });
    const waiting: ServerResponse[] = [];
    const images = await serve(onTestFinished, (_request, response) => waiting.push(response));
    const accepted = [detect(url, images), detect(url, images)];
    await expect.poll(() => waiting.length).toBe(2);

    const begun = performance.now();
    const ended = end('SIGTERM');
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
    const late = await detect(url, images);
    expect(late.status).toBe(429);
    expect(late.headers.get('connection')).toBe('close');

    for (const response of waiting) response.end(PORTRAIT);
    for (const answer of await Promise.all(accepted)) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ output: { pass: true } });
    }
    expect(await ended).toBe(0);
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(await counted(folder)).toBe(2);
  });
});

describe('kill -9', () => {
  it('in the middle of load, leaves books that match what clients saw', async () => {
    const folder = makeFolder();
    const store = await openStore({ dataDir: folder });
    await store.createKey(newKey({ name: 'load', qps: 1_000 }, KEY).key);
    await store.close();
    const images = await serve(onTestFinished, (_request, response) => response.end(PORTRAIT));
    const concurrency = 4;
    let seen = 0;
    for (let round = 0; round < 3; round++) {
      const { url, end } = await start(folder);
      let up = true;
      const clients = Array.from({ length: concurrency }, async () => {
        while (up) {
          const status = await detect(url, images).then(
            async (answer) => (await answer.text()) && answer.status,
            () => 0,
          );
          if (status === 200) seen++;
        }
      });
      const enough = 12 * (round + 1);
      await expect.poll(() => seen, { interval: 3, timeout: 20_000 }).toBeGreaterThan(enough);
      await end('SIGKILL');
      up = false;
      await Promise.all(clients);
    }
    expect(await counted(folder)).toBe(seen);
  });
});

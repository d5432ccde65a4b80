/** The service as a process: its first start, its signals, its death. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';
import { detect, KEY, makeFolder, run, start } from './process.ts';

// Processes take their time to start where other tests run too.
vi.setConfig({ testTimeout: 120_000 });

/** A port that root alone may take, where the kernel has such ports. */
const LOW_PORT = 81;
const FREE_FROM = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
const FORBIDS = existsSync(FREE_FROM) && Number(readFileSync(FREE_FROM, 'utf8')) > LOW_PORT;

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
    ['a wrong option', ['--port', 'x'], {}, '--port: "x" is not a whole number'],
    ['a wrong variable', [], { LPD_WORKERS: '0' }, 'LPD_WORKERS: "0" is not a whole number'],
    ['a policy that is not there', ['--policy', '/nowhere.json'], {}, '/nowhere.json'],
  ])('says what is wrong with %s and ends with 2', async (_name, args, env, message) => {
    const { child, text } = run(['serve', ...args], { LPD_DATA_DIR: makeFolder(), ...env });
    await once(child, 'close');
    expect(text()).toContain(message);
    expect(child.exitCode).toBe(2);
  });

  it.skipIf(!FORBIDS)('says what to do where the port needs a right that this user lacks', async () => {
    // Root has it, unless it is taken away.
    const launcher = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-net_bind_service'] : [];
    const { child, text } = run(
      ['serve', '--port', String(LOW_PORT)],
      { LPD_DATA_DIR: makeFolder() },
      launcher,
    );
    await once(child, 'close');
    expect(text()).toContain('This user may not take that port');
    expect(child.exitCode).toBe(2);
  });

  it('makes no key when the port is taken', async () => {
    const taken = await serve(onTestFinished, (_request, response) => response.end());
    const folder = makeFolder();
    const { child, text } = run(['serve', '--port', new URL(taken).port], { LPD_DATA_DIR: folder });
    await once(child, 'close');
    expect(text()).toContain('Cannot listen on 127.0.0.1');
    expect(text()).toContain('name another port');
    expect(text().match(/EADDRINUSE/g), 'the reason is told once').toHaveLength(1);
    expect(child.exitCode).toBe(2);
    const store = await openStore({ dataDir: folder });
    expect(await store.listKeys()).toEqual([]);
    await store.close();
  });
});

// What a terminal sends that is closed, too.
describe.each(['SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('loses no accepted request, refuses the rest, and ends', async () => {
    const folder = makeFolder();
    const { url, end } = await start(folder, { LPD_BOOTSTRAP_KEY: KEY });
    const waiting: ServerResponse[] = [];
    const images = await serve(onTestFinished, (_request, response) => waiting.push(response));
    const accepted = [detect(url, images), detect(url, images)];
    // Its other workers are starting, so the first requests may wait for a processor.
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(2);

    const begun = performance.now();
    const ended = end(signal);
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
    let cut = 0;
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
          else if (status === 0) cut++;
        }
      });
      const enough = 12 * (round + 1);
      await expect.poll(() => seen, { interval: 3, timeout: 20_000 }).toBeGreaterThan(enough);
      await end('SIGKILL');
      up = false;
      await Promise.all(clients);
    }
    // Every answer that a client saw is counted; of those that the kill cut off, some may be: see the meter.
    const books = await counted(folder);
    expect(books).toBeGreaterThanOrEqual(seen);
    expect(books).toBeLessThanOrEqual(seen + Math.min(cut, 3 * concurrency));
  });
});

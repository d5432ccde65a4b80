/** What stops the program, in every phase, and what must not stop a service. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { flat, many, PASS } from '../cli/pictures.ts';
import { BIN, start } from '../cli/spawn.ts';
import { SEES_PROCESSES } from './processes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Longest wait for what a process is to do, in ms, on however busy a machine. */
const PATIENCE = { timeout: 90_000, interval: 50 };
/** A pipe holds less, in bytes: when all of it is gone, somebody reads. */
const MORE_THAN_A_PIPE = 256 * 1024;
const CODES = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

let folder: string;
let silent: Server;
let port: number;
const connections = new Set<Socket>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-signals-'));
  await many(join(folder, 'many'), 300, await flat(320, 240));
  // Takes connections, and says nothing.
  silent = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => undefined).on('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  port = (silent.address() as { port: number }).port;
});
afterAll(async () => {
  for (const socket of connections) socket.destroy();
  silent.close();
  await rm(folder, { recursive: true });
});

/** Starts the program, and collects what it says. */
function begin(args: readonly string[], options: Parameters<typeof start>[1] = {}) {
  const { child, ended } = start(args, options);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes) => {
      said += String(bytes);
    });
  }
  const until = (text: string | RegExp) => vi.waitFor(() => expect(said).toMatch(text), PATIENCE);
  return { child, ended, until };
}

describe.each(CODES)('%s ends', { timeout: 120_000 }, (signal, code) => {
  test('a run under way, with what was done', async () => {
    const { child, ended, until } = begin(['check', '--jobs', '2', join(folder, 'many')]);
    await until(/00003\.jpg/);
    child.kill(signal);
    const { err, ...end } = await ended;
    expect(end).toMatchObject({ code, signal: null });
    expect(err).toMatch(/^0 pass, \d+ fail, 0 could not be inspected, \d+ not looked at\n$/);
  });

  test('one that waits for a picture on standard input', async () => {
    const { child, ended, until } = begin(['check', '--jobs', '1', PASS, '-'], { isFed: true });
    await until(/^pass /);
    child.kill(signal);
    expect(await ended).toMatchObject({ code, signal: null });
  });

  test('one that waits for a list on standard input', async () => {
    const { child, ended } = begin(['check', '--urls', '-'], { isFed: true });
    await new Promise((resolve) => child.stdin?.write(Buffer.alloc(MORE_THAN_A_PIPE, '\n'), resolve));
    child.kill(signal);
    expect(await ended).toMatchObject({ code, signal: null });
  });

  test('one that waits for a service that does not answer', async () => {
    const server = `http://127.0.0.1:${port}`;
    const before = connections.size;
    const { child, ended } = begin(['check', '--server', server, '--key', 'sk-x', PASS, PASS]);
    await vi.waitFor(() => expect(connections.size).toBeGreaterThan(before), PATIENCE);
    child.kill(signal);
    expect(await ended).toMatchObject({ code, signal: null });
  });

  test('a download', async () => {
    const url = `http://127.0.0.1:${port}/a.jpg`;
    const before = connections.size;
    const { child, ended } = begin(['check', url], { env: { LPD_DOWNLOAD_ALLOW: '127.0.0.0/8' } });
    await vi.waitFor(() => expect(connections.size).toBeGreaterThan(before), PATIENCE);
    child.kill(signal);
    expect(await ended).toMatchObject({ code, signal: null });
  });

  test('a service that waits for a database that does not answer', async () => {
    const before = connections.size;
    const database = { DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/c`, LPD_DATA_DIR: join(folder, 'x') };
    const { child, ended } = begin(['serve', '--port', '0', '--workers', '1'], { env: database });
    await vi.waitFor(() => expect(connections.size).toBeGreaterThan(before), PATIENCE);
    child.kill(signal);
    const end = await ended;
    expect(end.signal ?? end.code).toBe(signal);
  });
});

/** Waits until a service listens. @returns its address, and what it has said on stderr by now */
async function listening(child: ChildProcessByStdio<null, Readable | null, Readable>) {
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += String(bytes);
  });
  await vi.waitFor(() => expect(said).toMatch(/listens on \S+;/), PATIENCE);
  const [, url] = /listens on (\S+);/.exec(said) ?? [];
  return { url, said: () => said };
}

describe('a service', { timeout: 120_000 }, () => {
  test('goes on when nobody reads its log any more, and ends as ever', async () => {
    const line = `exec "$0" "$1" serve --port 0 --workers 1 > >(head -1 > /dev/null)`;
    const child = spawn('bash', ['-c', line, process.execPath, BIN], {
      env: { ...process.env, LPD_DATA_DIR: join(folder, 'serve') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { url, said } = await listening(child);
    // Each is a line in the log: the reader takes one, and is gone.
    const ask = async () => (await fetch(`${url}/v1/inspect`, { method: 'POST' })).status;
    await vi.waitFor(async () => {
      expect(await ask()).toBeGreaterThanOrEqual(400);
      expect(said()).toContain('The log on standard output is lost');
    }, PATIENCE);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });

  test('goes on when whoever reads its log stands still, and ends as ever', async () => {
    const env = { ...process.env, LPD_DATA_DIR: join(folder, 'stands') };
    const args = [BIN, 'serve', '--port', '0', '--workers', '1', '--log-level', 'debug'];
    // Nothing is read of its standard output but what Node reads ahead.
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { url } = await listening(child);
    // A line of some 170 bytes each.
    for (let line = 0; line < 5_000; line++) await (await fetch(`${url}/healthz`)).text();
    const ended = once(child, 'exit');
    const begun = performance.now();
    child.kill('SIGTERM');
    const [code] = await ended;
    expect([code, performance.now() - begun < 15_000]).toEqual([0, true]);
  });

  test.skipIf(!SEES_PROCESSES).each(['SIGTERM', 'SIGKILL'] as const)(
    'ends in order when `npm start` is ended by %s',
    async (signal) => {
      const args = ['start', '--', '--port', '0', '--workers', '1', '--data-dir', join(folder, 'npm')];
      // In a group of their own: npm, its shell and the service, which all write into one pipe.
      const npm = spawn('npm', args, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => {
        if (npm.stdout.readable) process.kill(-(npm.pid ?? 0), 'SIGKILL');
      });
      let said = '';
      npm.stdout.on('data', (bytes) => {
        said += String(bytes);
      });
      await vi.waitFor(() => expect(said).toContain('"msg":"listening"'), PATIENCE);
      npm.kill(signal);
      // The pipe is closed when the last of them has ended.
      await once(npm, 'close');
      expect(said).toContain('"msg":"stopped"');
    },
  );

  test.skipIf(!SEES_PROCESSES)('outlives the script of npm that left it behind, and not npm', async () => {
    const home = await mkdtemp(join(folder, 'scripts-'));
    const log = join(home, 'log');
    const scripts = {
      // The shell is there until the service listens, and then no more.
      pretest: `node '${BIN}' serve --port 0 --workers 1 --data-dir data > log 2>&1 & until grep -q '"listening"' log; do sleep 0.1; done`,
      // Longer than it takes to notice.
      test: 'sleep 1.5; grep -c draining log; echo over',
    };
    await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'scripts', scripts }));
    const npm = spawn('npm', ['test'], { cwd: home, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => {
      try {
        process.kill(-(npm.pid ?? 0), 'SIGKILL');
      } catch {
        // Nothing of its group is left.
      }
    });
    const [out] = await Promise.all([text(npm.stdout), once(npm, 'close')]);
    expect(out).toMatch(/\n0\nover\n/);
    await vi.waitFor(async () => expect(await readFile(log, 'utf8')).toContain('"stopped"'), PATIENCE);
  });
});

describe('a variable that looks like ours and is none', () => {
  test.each([
    ['serve', ['serve', '--port', '0'], { LPD_WORKER: '3' }, 'LPD_WORKERS'],
    ['worker', ['worker'], { LPD_DEADLINE: '3000' }, 'LPD_DEADLINE_MS'],
    ['keys', ['keys', 'list'], { LPD_DATADIR: '/x' }, 'LPD_DATA_DIR'],
    ['usage', ['usage'], { LPD_DATADIR: '/x' }, 'LPD_DATA_DIR'],
    ['one without our prefix', ['serve'], { LPD_PORT: '80' }, 'PORT'],
  ] as const)('is refused by %s, with the one that is meant', async (_, args, env, meant) => {
    const { code, out, err } = await start(args, { env }).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^${Object.keys(env)[0]} is set.* Is ${meant}[ ?]`));
  });

  test('what Kubernetes sets for a service called lpd is left alone', async () => {
    const env = { LPD_SERVICE_HOST: '10.0.0.1', LPD_PORT: 'tcp://10.0.0.1:80', LPD_PORT_80_TCP_PORT: '80' };
    const { code } = await start(['keys', 'create', '--name', 'a', '--data-dir', join(folder, 'k')], { env })
      .ended;
    expect(code).toBe(0);
  });
});

describe('a data directory that cannot be', () => {
  test.each(['/proc/none/here', '/dev/null/here'])('%s: 3, at once', async (dir) => {
    for (const args of [
      ['serve', '--port', '0'],
      ['keys', 'create', '--name', 'a'],
    ]) {
      const { code, err } = await start([...args, '--data-dir', dir]).ended;
      expect(code).toBe(3);
      expect(err).toContain('cannot be read or written');
    }
  });
});

test('a labelled picture that cannot be read ends evaluate with 3, and counts for nothing', async () => {
  const manifest = join(folder, 'labels.tsv');
  await writeFile(manifest, `file\texpected\nmany/00000.jpg\tfail\nnone.jpg\tfail\n`);
  const { code, out, err } = await start(['evaluate', manifest]).ended;
  expect(code).toBe(3);
  expect(out).toMatch(/^all +fail +– +1 +0 +1 +0 +100\.0%/m);
  expect(err).toMatch(/^error {2}none\.jpg {2}file\.unreadable/);
});

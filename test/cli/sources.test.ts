/** Pictures from addresses, lists of them, and a folder that is watched. */
import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, PASS } from './pictures.ts';
import { run } from './run.ts';
import { start } from './spawn.ts';

let folder: string;
let server: Server;
let base: string;
const LOOPBACK = { LPD_DOWNLOAD_ALLOW: '127.0.0.0/8' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-sources-'));
  const pass = await readFile(PASS);
  server = createServer((request, response) => {
    response.statusCode = request.url === '/missing' ? 404 : 200;
    response.end(pass);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const wordsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/).slice(0, 3));

describe('addresses', () => {
  const check = (args: string[], env: NodeJS.ProcessEnv = LOOPBACK, stdin?: Uint8Array) =>
    run(['check', '--jobs', '1', ...args], { env, ...(stdin && { stdin }) });

  test('are downloaded, between files', async () => {
    const { out } = await check([`${base}/a.jpg?x=1`, PASS, `${base}/missing`]);
    expect(wordsOf(out)).toEqual([
      ['pass', `${base}/a.jpg?x=1`],
      ['pass', PASS],
      ['error', `${base}/missing`, 'download.http_status'],
    ]);
  });

  test('of this network are refused unless they are opened', async () => {
    const { code, out } = await check([`${base}/a.jpg`], {});
    expect(code).toBe(3);
    expect(out).toContain('download.refused');
    // Why, which a service would not tell, and once.
    expect(out).toContain(
      'Address refused: 127.0.0.1 is not public: loopback (127.0.0.0/8, RFC 1122); LPD_DOWNLOAD_ALLOW=127.0.0.1 opens it. Use the address of a public web server.\n',
    );
  });

  test('an allow-list that cannot be read is told at once', async () => {
    const { out } = await check([`${base}/a.jpg`], { LPD_DOWNLOAD_ALLOW: '300.0.0.0/8' });
    expect(out).toContain('option.invalid');
  });

  test('come in lists, with comments and empty lines, in their order and once', async () => {
    const list = join(folder, 'list.txt');
    await writeFile(list, `# mine\n${base}/1\r\n\n  ${base}/2  \nfile:///etc/passwd\n${base}/1\n`);
    const { out } = await check(['--urls', list]);
    expect(wordsOf(out)).toEqual([
      ['pass', `${base}/1`],
      ['pass', `${base}/2`],
      ['error', 'file:///etc/passwd', 'url.invalid'],
    ]);
  });

  test('a list on standard input', async () => {
    const { out } = await check(['--urls', '-'], LOOPBACK, Buffer.from(`${base}/3\n`));
    expect(wordsOf(out)).toEqual([['pass', `${base}/3`]]);
  });

  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])(
    '%s ends a list of which each is refused at once',
    async (signal, exitCode) => {
      const list = join(folder, 'refused.txt');
      await writeFile(list, Array.from({ length: 200_000 }, (_, i) => `http://127.0.0.1:1/${i}`).join('\n'));
      const { child, ended } = start(['check', '--urls', list, '--json', '--jobs', '1']);
      child.stdout?.once('data', () => child.kill(signal));
      const { code, err } = await ended;
      expect(code).toBe(exitCode);
      // One line, and no warning of Node's.
      expect(err).toMatch(/^0 pass, 0 fail, \d+ could not be inspected, \d+ not looked at\n$/);
    },
    60_000,
  );

  test('a list that is not there', async () => {
    expect((await check(['--urls', join(folder, 'none.txt')])).code).toBe(2);
  });
});

describe('--watch', () => {
  test('checks what is there, then what comes once it is complete, and ends with Ctrl-C', async () => {
    const watched = join(folder, 'watched');
    await mkdir(join(watched, 'below'), { recursive: true });
    await writeFile(join(watched, 'first.png'), await flat(64, 64, 'png'));
    const { child, ended } = start(['check', '--watch', '--jobs', '1', watched]);
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatch(/^fail .*first\.png/);

    await writeFile(join(watched, 'notes.txt'), 'no picture');
    const pass = await readFile(PASS);
    const slow = await open(join(watched, 'below', 'slow.jpg'), 'w');
    for (let from = 0; from < pass.length; from += 20_000) {
      await slow.write(pass.subarray(from, from + 20_000));
      await delay(300);
    }
    await slow.close();
    expect((await lines.next()).value).toMatch(/^pass .*below.slow\.jpg/);

    child.kill('SIGINT');
    const { code, err } = await ended;
    expect({ code, err }).toEqual({ code: 1, err: '1 pass, 1 fail, 0 could not be inspected\n' });
  }, 60_000);

  test.each<[string, (watched: string) => Promise<unknown>]>([
    ['is deleted', (watched) => rm(watched, { recursive: true })],
    ['is called otherwise', (watched) => rename(watched, `${watched}-2`)],
    [
      'is deleted and made anew at once, and something comes',
      async (watched) => {
        rmSync(watched, { recursive: true });
        mkdirSync(watched);
        // The clock of a file system has ticks of some milliseconds.
        await delay(50);
        await writeFile(join(watched, 'second.txt'), 'no picture');
      },
    ],
  ])(
    'ends with an error where the folder %s',
    async (_, lose) => {
      const watched = await mkdtemp(join(folder, 'lost-'));
      await writeFile(join(watched, 'first.png'), await flat(64, 64, 'png'));
      const { child, ended } = start(['check', '--watch', '--jobs', '1', watched]);
      const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toMatch(/^fail .*first\.png/);
      await lose(watched);
      expect((await lines.next()).value).toMatch(/^error .*file\.unreadable .*is gone, or another one/);
      const { code, err } = await ended;
      expect({ code, err }).toEqual({ code: 3, err: '0 pass, 1 fail, 1 could not be inspected\n' });
    },
    20_000,
  );

  test.each([
    ['a file', [PASS]],
    ['nothing', []],
    ['two folders', ['.', '..']],
  ])('%s is no folder', async (_, names) => {
    expect((await run(['check', '--watch', ...names])).code).toBe(2);
  });
});

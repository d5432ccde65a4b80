/** What is told at the terminal of calls that a newcomer gets wrong: of this case, and in sentences that are meant for it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASS } from './pictures.ts';
import { run } from './run.ts';

let folder: string;
let server: Server;
let host: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-told-'));
  // As a service answers a path that it does not have.
  server = createServer((_request, response) => {
    response.writeHead(404, { 'x-reason': 'request.path', 'content-type': 'application/json' });
    response.end('{"code":"NotFound","message":"Not found!","request_id":"r"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe('check --server', () => {
  const check = (url: string) => run(['check', '--server', url, '--key', 'sk-a', PASS]);

  test('with a path of the service behind its address', async () => {
    const { out, err, code } = await check(`http://${host}/v1/inspect`);
    expect([out, code]).toEqual(['', 2]);
    expect(err.replaceAll(/\s+/g, ' ')).toContain('--server and other clients take the base address,');
  });

  test('with https:// to a port without TLS', async () => {
    const { out } = await check(`https://${host}`);
    expect(out).toContain('cannot be reached. (what answers there does not speak TLS: http:// may be meant');
    expect(out).not.toMatch(/\\n|OpenSSL|openssl|:error:/);
  }, 60_000);
});

describe('a wrong call', () => {
  test.each([
    [['--lang', 'zh-CN', 'check', '--anotate', 'x'], '（选项和示例：liveportrait-detect check --help）'],
    [['--lang=en', 'check', '--anotate', 'x'], '(options and examples: liveportrait-detect check --help)'],
    [['keys', 'create'], '(options and examples: liveportrait-detect keys create --help)'],
    [['keys', 'crate'], '(options and examples: liveportrait-detect keys --help)'],
    [['chek'], '(options and examples: liveportrait-detect --help)'],
    [['check'], "See the command's --help, with calls to copy."],
    [['check', '--for', 'halo', PASS], 'docs/presets.md for the generators.'],
  ])('%j', async (args, told) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    const last = err.trimEnd().replaceAll('\n', ' ').slice(-told.length);
    expect(last).toBe(told);
  });
});

describe('an empty folder', () => {
  const empty = async () => {
    const path = join(folder, 'sub.jpg');
    await mkdir(path, { recursive: true });
    return path;
  };

  test('beside a picture is a row of its own', async () => {
    const path = await empty();
    const { out, err, code } = await run(['check', path, PASS]);
    expect(out).toMatch(/^error {2}\S+sub\.jpg +file\.unreadable +\S+sub\.jpg has no pictures in it\./);
    expect(out).toMatch(/\npass /);
    expect(err).toContain('1 pass, 0 fail, 1 could not be inspected');
    expect(code).toBe(3);
  });

  test.each([1, 2])('alone, %d times, is a wrong call', async (times) => {
    const { out, err, code } = await run(['check', ...Array(times).fill(await empty())]);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain('sub.jpg has no pictures in it.');
  });
});

test.each([
  ['en', "The file has a film's name, but it is not an MP4, QuickTime, WebM, Matroska or AVI file. Save it"],
  ['zh-CN', '文件名像视频，但内容不是 MP4、QuickTime、WebM、Matroska 或 AVI。'],
])('best of what only has the name of a film, in %s', async (language, told) => {
  const film = join(folder, 'film.mp4');
  await writeFile(film, 'no film');
  const { err } = await run(['best', '--lang', language, film]);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(told);
});

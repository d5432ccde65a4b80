import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MAX_HEADER_BYTES, MAX_INTERIM_ANSWERS } from '../../src/download/exchange.ts';
import { flood, reply } from './servers.ts';
import { disconnected, failure, setUp } from './set-up.ts';

describe('broken answers', () => {
  test.each([
    [
      'fewer bytes than announced',
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this',
      'download.cut_off',
    ],
    [
      'a chunk cut short',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nonly',
      'download.cut_off',
    ],
    ['no last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n', 'download.cut_off'],
    ['nothing at all', '', 'download.cut_off'],
    ['half a header', 'HTTP/1.1 200 OK\r\nContent-Le', 'download.cut_off'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'download.cut_off'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'download.cut_off',
    ],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\nab', 'download.cut_off'],
    ['upgrade', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'download.cut_off'],
    ['gzip', 'HTTP/1.1 200 OK\r\nContent-Encoding: GZIP\r\n\r\nx', 'download.encoded'],
    [
      'twice encoded',
      'HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: br\r\n\r\nx',
      'download.encoded',
    ],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'download.http_status'],
    ['206', 'HTTP/1.1 206 Partial\r\nContent-Length: 1\r\n\r\nx', 'download.http_status'],
    ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n', 'download.http_status'],
    ['300', 'HTTP/1.1 300 Choices\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n', 'download.http_status'],
    ['404', 'HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx', 'download.http_status'],
  ])('%s', async (_, bytes, code) => {
    const server = await setUp((_request, socket) => socket.end(bytes));
    const error = await failure(server.downloader.download(server.url));
    expect(error.code).toBe(code);
    await disconnected(server);
  });

  test('a reset in the middle', async () => {
    const { downloader, url } = await setUp((_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nsome', () => socket.resetAndDestroy());
    });
    expect((await failure(downloader.download(url))).code).toBe('download.cut_off');
  });

  test.each([
    ['one of 1 MiB', `X-A: ${'x'.repeat(1024 * 1024)}\r\n`],
    ['thousands', 'X-A: x\r\n'.repeat(10_000)],
  ])('huge headers: %s', async (_, headers) => {
    const server = await setUp((_request, socket) => socket.write(`HTTP/1.1 200 OK\r\n${headers}\r\nx`));
    expect((await failure(server.downloader.download(server.url))).code).toBe('download.cut_off');
    await disconnected(server);
  });

  test('the most headers that are taken', async () => {
    const filler = (bytes: number) => `X-A: ${'x'.repeat(bytes)}`;
    const { downloader, url } = await setUp(({ path }, socket) =>
      reply(socket, 200, 'x', [filler(Number(path.slice(1)))]),
    );
    expect((await downloader.download(`${url}/${MAX_HEADER_BYTES - 100}`)).bytes).toHaveLength(1);
    expect((await failure(downloader.download(`${url}/${MAX_HEADER_BYTES}`))).code).toBe('download.cut_off');
  });

  test('interim answers are passed over, but not for ever', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';
    const server = await setUp(({ path }, socket) => {
      if (path === '/flood') return flood(socket, Buffer.from(interim));
      socket.write(interim.repeat(MAX_INTERIM_ANSWERS));
      return reply(socket, 200, 'late');
    });
    expect((await server.downloader.download(server.url)).bytes).toHaveLength(4);
    const error = await failure(server.downloader.download(`${server.url}/flood`));
    expect(error.code).toBe('download.cut_off');
    expect(error.cause).toMatchObject({ message: 'headers: too many interim answers' });
    await disconnected(server);
  });

  test('the cause holds no bytes of the answer', async () => {
    const { downloader, url } = await setUp((_, socket) =>
      socket.end('HTTP/1.1 200 OK\r\nbad header secret\r\n\r\n'),
    );
    const { cause } = await failure(downloader.download(url));
    expect(cause).toMatchObject({ message: expect.stringContaining('does not match the HTTP/1.1 protocol') });
    expect(inspect(cause)).not.toContain('secret');
  });
});

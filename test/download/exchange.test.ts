import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MAX_HEADER_BYTES, MAX_INTERIM_ANSWERS } from '../../src/download/exchange.ts';
import { drip, flood, reply } from './servers.ts';
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
    [
      'a first part',
      'HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-0/2\r\nContent-Length: 1\r\n\r\nx',
      'download.http_status',
    ],
    [
      'a last part',
      'HTTP/1.1 206 Partial\r\nContent-Range: bytes 1-1/2\r\nContent-Length: 1\r\n\r\nx',
      'download.http_status',
    ],
    [
      'less than the part that is announced',
      'HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-1/2\r\nContent-Length: 1\r\n\r\nx',
      'download.cut_off',
    ],
    ['202', 'HTTP/1.1 202 Accepted\r\nContent-Length: 1\r\n\r\nx', 'download.http_status'],
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
    ['thousands', 'X-A: x\r\n'.repeat(20_000)],
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

  test.each([
    ['201', 'HTTP/1.1 201 Created\r\n'],
    ['a part that is the whole', 'HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/4\r\n'],
  ])('%s is the picture', async (_, head) => {
    const { downloader, url } = await setUp((_request, socket) =>
      socket.end(`${head}Content-Length: 4\r\n\r\nabcd`),
    );
    expect(Buffer.from((await downloader.download(url)).bytes).toString()).toBe('abcd');
  });

  test.each([
    ['chunk extensions', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;', 'a=b;'.repeat(10_000)],
    ['blanks in a header', 'HTTP/1.1 200 OK\r\nX-A:', ' '.repeat(50_000)],
  ])('%s without an end count as bytes', async (_, head, more) => {
    const server = await setUp((_request, socket) => {
      socket.write(head);
      flood(socket, Buffer.from(more));
    });
    const { code } = await failure(server.downloader.download(server.url));
    expect(code).toMatch(/^download\.(too_large|cut_off)$/);
    await disconnected(server);
  });

  test('chunk extensions that drip are too slow', async () => {
    const server = await setUp(
      (_request, socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;');
        drip(socket, 'x', 5);
      },
      { limits: { speedWindowMs: 200 } },
    );
    expect((await failure(server.downloader.download(server.url))).code).toBe('download.timeout');
    await disconnected(server);
  });

  test('trailers without an end', async () => {
    const server = await setUp((_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n');
      flood(socket, Buffer.from('X-A: x\r\n'.repeat(1_000)));
    });
    expect((await failure(server.downloader.download(server.url))).code).toBe('download.cut_off');
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

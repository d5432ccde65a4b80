import { describe, expect, test } from 'vitest';
import { TOO_LARGE_BYTES } from '../../src/download/download.ts';
import { DetectError } from '../../src/errors.ts';
import { type Answerer, flood, reply } from './servers.ts';
import { disconnected, failure, setUp } from './set-up.ts';

describe('size', () => {
  const tooLarge = 100_000;

  test.each([
    ['announced', (socket, size) => reply(socket, 200, Buffer.alloc(size))],
    [
      'not announced',
      (socket, size) =>
        socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), Buffer.alloc(size)])),
    ],
  ] as [string, (socket: Parameters<Answerer>[1], size: number) => void][])(
    '%s: one byte decides',
    async (_, answer) => {
      const { downloader, url } = await setUp(({ path }, socket) => answer(socket, Number(path.slice(1))), {
        limits: { tooLarge },
      });
      expect((await downloader.download(`${url}/${tooLarge - 1}`)).bytes).toHaveLength(tooLarge - 1);
      expect((await failure(downloader.download(`${url}/${tooLarge}`))).code).toBe('download.too_large');
    },
  );

  test('an announced size is refused before any of the body', async () => {
    const server = await setUp((_, socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${TOO_LARGE_BYTES}\r\n\r\n`);
    });
    const error = await failure(server.downloader.download(server.url));
    expect(error.code).toBe('download.too_large');
    expect(error.message).toContain('10485760');
    await disconnected(server);
  });

  test('bytes beyond the announced length are not taken', async () => {
    const server = await setUp((_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n');
      flood(socket, Buffer.alloc(0x10000));
    });
    expect((await server.downloader.download(server.url)).bytes).toHaveLength(100);
    await disconnected(server);
  });

  test('an endless body is cut off at the limit', async () => {
    let sent = 0;
    const server = await setUp(
      (_, socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        flood(socket, Buffer.alloc(0x4000));
        socket.on('close', () => {
          sent = socket.bytesWritten;
        });
      },
      { limits: { tooLarge } },
    );
    expect((await failure(server.downloader.download(server.url))).code).toBe('download.too_large');
    await disconnected(server);
    expect(sent).toBeLessThan(tooLarge + 16 * 1024 * 1024);
  });

  test('a length that nobody can count to', async () => {
    const { downloader, url } = await setUp((_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx');
    });
    expect((await failure(downloader.download(url))).code).toMatch(/^download\.(too_large|cut_off)$/);
  });
});

describe('the early look', () => {
  test('sees growing prefixes until it has seen enough', async () => {
    const { downloader, url } = await setUp((_, socket) => reply(socket, 200, Buffer.alloc(2_000_000, 'ab')));
    const sizes: number[] = [];
    await downloader.download(url, {
      inspectPrefix: (bytes) => {
        expect(bytes[0]).toBe(0x61);
        sizes.push(bytes.length);
        return bytes.length > 500_000;
      },
    });
    expect(sizes.length).toBeGreaterThan(0);
    for (const [i, size] of sizes.entries()) {
      if (i > 0) expect(size).toBeGreaterThanOrEqual(2 * sizes[i - 1]!);
    }
    expect(sizes.filter((size) => size > 500_000)).toHaveLength(1);
  });

  test('cuts the body off at once', async () => {
    const server = await setUp((_, socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\nGIF89a and so on`);
    });
    const reason = new DetectError('image.unsupported');
    const error = await failure(
      server.downloader.download(server.url, {
        inspectPrefix: () => {
          throw reason;
        },
      }),
    );
    expect(error).toBe(reason);
    await disconnected(server);
  });

  test('a fault in it is ours, not that of the server', async () => {
    const { downloader, url } = await setUp((_, socket) => reply(socket, 200, Buffer.alloc(100)));
    const fault = new TypeError('not a function');
    const inspectPrefix = () => {
      throw fault;
    };
    const error = await failure(downloader.download(url, { inspectPrefix }));
    expect(error.code).toBe('inspect.failed');
    expect(error.cause).toBe(fault);
  });
});

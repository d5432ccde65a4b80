import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDownloader, type DownloadOptions } from '../../src/download/download.ts';
import { DetectError } from '../../src/errors.ts';
import { type Answerer, drip, redirect, reply } from './servers.ts';
import { cleanups, disconnected, failure, setUp } from './set-up.ts';

describe('time', () => {
  const limits = { speedWindowMs: 100, leastBytesPerSecond: 1000 };

  test('one deadline covers the look-up', async () => {
    const downloader = createDownloader({ resolver: () => new Promise(() => {}) });
    cleanups.push(downloader.close);
    const start = performance.now();
    const error = await failure(downloader.download('http://slow.example/', { deadlineMs: 120 }));
    expect(error.code).toBe('download.timeout');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('and the wait for headers', async () => {
    const server = await setUp(() => {});
    expect((await failure(server.downloader.download(server.url, { deadlineMs: 120 }))).code).toBe(
      'download.timeout',
    );
    await disconnected(server);
  });

  test('the deadline runs on over redirects', async () => {
    const server = await setUp(({ path }, socket) => {
      setTimeout(() => redirect(socket, 302, `${path}x`), 80);
    });
    const error = await failure(server.downloader.download(server.url, { deadlineMs: 200 }));
    expect(error.code).toBe('download.timeout');
    expect(error.message).toContain('200 ms');
    await disconnected(server);
  });

  test('headers that drip in', async () => {
    const server = await setUp((_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-A: ');
      drip(socket, 'x', 10);
    });
    expect((await failure(server.downloader.download(server.url, { deadlineMs: 150 }))).code).toBe(
      'download.timeout',
    );
    await disconnected(server);
  });

  test('a body slower than the least speed', async () => {
    const server = await setUp(
      (_, socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n');
        drip(socket, 'xx', 10);
      },
      { limits },
    );
    const start = performance.now();
    const error = await failure(server.downloader.download(server.url));
    expect(error.code).toBe('download.timeout');
    expect(error.message).toContain('too slowly');
    expect(performance.now() - start).toBeLessThan(2000);
    await disconnected(server);
  });

  test('a body a little faster than that', async () => {
    const { downloader, url } = await setUp(
      (_, socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n');
        drip(socket, 'x'.repeat(100), 10);
      },
      { limits },
    );
    expect((await downloader.download(url)).bytes).toHaveLength(3000);
  });
});

describe('giving up', () => {
  const silent: Answerer = (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nsome');
  };

  test('the caller ends it at once, in any phase', async () => {
    const server = await setUp(silent);
    const controller = new AbortController();
    const promise = failure(server.downloader.download(server.url, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error('gone'));
    const error = await promise;
    expect(error.code).toBe('inspect.aborted');
    expect(error.cause).toMatchObject({ message: 'gone' });
    await disconnected(server);
  });

  test('a DetectError of the caller is passed on', async () => {
    const { downloader, url } = await setUp(silent);
    const reason = new DetectError('deadline.passed');
    const options: DownloadOptions = { signal: AbortSignal.abort(reason) };
    expect(await failure(downloader.download(url, options))).toBe(reason);
  });

  test('an aborted signal opens no connection', async () => {
    const server = await setUp(silent);
    expect(
      (await failure(server.downloader.download(server.url, { signal: AbortSignal.abort() }))).code,
    ).toBe('inspect.aborted');
    await sleep(20);
    expect(server.requests).toHaveLength(0);
  });

  test('no listeners are left on a long-lived signal', async () => {
    const { downloader, url } = await setUp((_, socket) => reply(socket, 200, 'x'));
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await downloader.download(url, { signal });
    expect(listeners).toBe(0);
  });

  test('close ends what is under way', async () => {
    const server = await setUp(silent);
    const promise = failure(server.downloader.download(server.url));
    await expect.poll(() => server.requests.length).toBe(1);
    await server.downloader.close();
    expect((await promise).code).toBe('inspect.aborted');
    await disconnected(server);
  });
});

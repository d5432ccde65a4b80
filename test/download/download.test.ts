import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createDownloader,
  type Downloader,
  type DownloaderOptions,
  type DownloadOptions,
  MAX_REDIRECTS,
  TOO_LARGE_BYTES,
} from '../../src/download/download.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import { DetectError } from '../../src/wire/errors.ts';
import { type Answerer, drip, flood, redirect, reply, serveHttp, type TestServer } from './servers.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server on loopback, opened the way an operator would open it, and a downloader for it. */
async function setUp(
  answer: Answerer,
  options: DownloaderOptions = {},
): Promise<TestServer & { downloader: Downloader; url: string }> {
  const server = await serveHttp(answer);
  const downloader = createDownloader({ allow: '127.0.0.1', ...options });
  cleanups.push(server.close, downloader.close);
  return { ...server, downloader, url: `http://127.0.0.1:${server.port}` };
}

async function failure(promise: Promise<unknown>): Promise<DetectError> {
  const error = await promise.then(
    () => new Error('no failure'),
    (reason) => reason,
  );
  if (error instanceof DetectError) return error;
  throw error;
}

/** Waits until the server sees no connection any more. */
async function disconnected(server: TestServer): Promise<void> {
  await expect.poll(() => server.open.size, { timeout: 2000, interval: 5 }).toBe(0);
}

describe('what is sent', () => {
  test('one plain GET, with nothing of the caller in it', async () => {
    const { downloader, url, requests, port } = await setUp((_, socket) =>
      reply(socket, 200, 'x', ['Set-Cookie: a=b']),
    );
    await downloader.download(`${url}/first`);
    await downloader.download(`${url}/path%20x/?Signature=a%2Bb%3D&x=1#part`);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toMatchObject({ method: 'GET', path: '/path%20x/?Signature=a%2Bb%3D&x=1' });
    expect(Object.fromEntries(requests[1]!.headers)).toEqual({
      host: `127.0.0.1:${port}`,
      connection: 'close',
      accept: expect.stringContaining('image/jpeg'),
      'accept-encoding': 'identity',
      'user-agent': 'liveportrait-detect',
    });
  });

  test('the environment has no say', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: 'http://127.0.0.1:9',
      http_proxy: 'http://127.0.0.1:9',
      ALL_PROXY: 'http://127.0.0.1:9',
    });
    cleanups.push(async () => {
      process.env = before;
    });
    const { downloader, url } = await setUp((_, socket) => reply(socket, 200, 'direct'));
    expect(Buffer.from((await downloader.download(url)).bytes).toString()).toBe('direct');
  });
});

describe('the result', () => {
  test.each([0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 1024 * 1024 + 1, 3_000_000])(
    'is exactly the body, in a buffer of its own: %i bytes',
    async (size) => {
      const body = Buffer.alloc(size, 'abcdefg');
      const { downloader, url } = await setUp(({ path }, socket) => {
        if (path === '/announced') return reply(socket, 200, body);
        if (path === '/until-end')
          return socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), body]));
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        for (let at = 0; at < size; at += 100_000) {
          const part = body.subarray(at, at + 100_000);
          socket.write(`${part.length.toString(16)}\r\n`);
          socket.write(part);
          socket.write('\r\n');
        }
        return socket.end('0\r\n\r\n');
      });
      for (const path of ['/announced', '/until-end', '/chunked']) {
        const { bytes } = await downloader.download(url + path);
        expect(Buffer.compare(bytes, body)).toBe(0);
        expect(bytes.buffer.byteLength).toBe(size);
      }
    },
  );

  test('says where the bytes came from and what took how long', async () => {
    const { downloader, url, port } = await setUp(
      ({ path }, socket) => {
        if (path === '/slow') setTimeout(() => reply(socket, 200, 'x'), 60);
        else redirect(socket, 302, `http://store.example:${port}/slow`);
      },
      { allow: '127.0.0.1', resolver: () => sleep(40, ['127.0.0.1']) },
    );
    const { host, redirects, milliseconds } = await downloader.download(url);
    expect({ host, redirects }).toEqual({ host: 'store.example', redirects: 1 });
    expect(milliseconds.dns).toBeGreaterThan(35);
    expect(milliseconds.headers).toBeGreaterThan(55);
    const { dns, connect, headers, body, total } = milliseconds;
    expect(dns + connect + headers + body).toBeCloseTo(total, 3);
  });
});

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

  test('interim answers are passed over', async () => {
    const { downloader, url } = await setUp((_, socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n');
      reply(socket, 200, 'late');
    });
    expect((await downloader.download(url)).bytes).toHaveLength(4);
  });
});

describe('redirects', () => {
  const chain: Answerer = ({ path }, socket) => {
    const left = Number(path.slice(1));
    if (left > 0) redirect(socket, 302, `/${left - 1}`);
    else reply(socket, 200, 'end');
  };

  test('as many as allowed, and not one more', async () => {
    const server = await setUp(chain);
    expect((await server.downloader.download(`${server.url}/${MAX_REDIRECTS}`)).redirects).toBe(
      MAX_REDIRECTS,
    );
    server.requests.length = 0;
    expect((await failure(server.downloader.download(`${server.url}/${MAX_REDIRECTS + 1}`))).code).toBe(
      'download.redirects',
    );
    expect(server.requests).toHaveLength(MAX_REDIRECTS + 1);
  });

  test.each([301, 302, 303, 307, 308])('%i is followed, with a GET', async (status) => {
    const { downloader, url, requests } = await setUp(({ path }, socket) => {
      if (path === '/') redirect(socket, status, 'a/b?c=%2B');
      else reply(socket, 200, 'x');
    });
    await downloader.download(url);
    expect(requests[1]).toMatchObject({ method: 'GET', path: '/a/b?c=%2B' });
    expect(requests[1]!.headers.has('referer')).toBe(false);
  });

  test('a target in UTF-8 is taken as such', async () => {
    const { downloader, url, requests } = await setUp(({ path }, socket) => {
      if (path === '/') redirect(socket, 302, '/图片.png');
      else reply(socket, 200, 'x');
    });
    await downloader.download(url);
    expect(requests[1]!.path).toBe('/%E5%9B%BE%E7%89%87.png');
  });

  test('the body of a redirect is not read', async () => {
    const server = await setUp(({ path }, socket) => {
      if (path !== '/') return reply(socket, 200, 'x');
      socket.write('HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n');
      return flood(socket, Buffer.alloc(0x10000));
    });
    expect((await server.downloader.download(server.url)).redirects).toBe(1);
    await disconnected(server);
  });

  test.each([
    'http://127.0.0.2/',
    '//[::1]/',
    'http://user@127.0.0.1/',
    '\\\\127.0.0.1\\',
    'http://[::1',
    'ftp://127.0.0.1/',
    'http://localhost/',
    `/${'a'.repeat(5000)}`,
    'http:////\x01',
  ])('a refused target counts as unreachable: %j', async (location) => {
    const { downloader, url, requests } = await setUp((_, socket) => redirect(socket, 302, location));
    const error = await failure(downloader.download(`${url}/?Signature=secret`));
    expect(error.code).toMatch(/^download\.(unreachable|cut_off)$/);
    expect(`${error.message} ${error.cause}`).not.toContain('secret');
    expect(requests).toHaveLength(1);
  });
});

describe('time', () => {
  const limits = { speedWindowMs: 100, leastBytesPerSecond: 1000 };

  test.each([
    ['the look-up', { resolver: () => new Promise<never>(() => {}) }, 'http://slow.example/'],
    ['the connection', { resolver: async () => ['127.0.0.1'], dial: undefined }, ''],
  ] as const)('one deadline covers %s', async (_, options, fixed) => {
    // A server that accepts and never answers stands for a host that takes its time.
    const { url } = await setUp(() => {});
    const downloader = createDownloader({ allow: '127.0.0.1', ...('dial' in options ? {} : options) });
    cleanups.push(downloader.close);
    const start = performance.now();
    expect((await failure(downloader.download(fixed || url, { deadlineMs: 120 }))).code).toBe(
      'download.timeout',
    );
    expect(performance.now() - start).toBeLessThan(1000);
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
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n<!doctype html><html>`);
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
});

describe('look-ups', () => {
  test('the checked answer is what is connected to; a second one is never asked for', async () => {
    let asked = 0;
    const { downloader, port, requests } = await setUp((_, socket) => reply(socket, 200, 'x'), {
      allow: '127.0.0.1',
      resolver: async () => {
        asked += 1;
        return asked === 1 ? ['127.0.0.1'] : ['169.254.169.254'];
      },
    });
    await downloader.download(`http://rebind.example:${port}/`);
    expect(asked).toBe(1);
    expect(requests[0]!.headers.get('host')).toBe(`rebind.example:${port}`);
    expect((await failure(downloader.download(`http://rebind.example:${port}/`))).cause).toBeInstanceOf(
      TargetRefused,
    );
  });

  test.each([
    [['127.0.0.1', '10.0.0.1']],
    [['10.0.0.1', '127.0.0.1']],
    [['127.0.0.1', '::ffff:127.0.0.1']],
    [['127.0.0.1', 'nonsense']],
  ])('one bad address refuses the answer: %j', async (addresses) => {
    const server = await setUp((_, socket) => reply(socket, 200, 'x'), { resolver: async () => addresses });
    const error = await failure(server.downloader.download(`http://mixed.example:${server.port}/`));
    expect(error.code).toBe('download.unreachable');
    expect(error.cause).toBeInstanceOf(TargetRefused);
    expect(server.requests).toHaveLength(0);
  });

  test('no addresses at all', async () => {
    const { downloader } = await setUp(() => {}, { resolver: async () => [] });
    expect((await failure(downloader.download('http://none.example/'))).code).toBe('download.unreachable');
  });

  test('by default the system is asked', async () => {
    const { downloader, port } = await setUp((_, socket) => reply(socket, 200, 'x'), { allow: 'localhost' });
    expect((await downloader.download(`http://localhost:${port}/`)).host).toBe('localhost');
    const label = 'a'.repeat(80);
    expect((await failure(downloader.download(`http://${label}.com/`))).code).toBe('download.unreachable');
  });

  test('a refused, an unknown and a closed target look the same from outside', async () => {
    const server = await serveHttp(() => {});
    await server.close();
    const downloader = createDownloader({
      allow: '127.0.0.1',
      resolver: () => Promise.reject(new Error('ENOTFOUND')),
    });
    const failures = await Promise.all(
      [
        'http://10.0.0.1/',
        'http://unknown.example/',
        `http://127.0.0.1:${server.port}/`,
        'http://printer.local/',
      ].map((url) => failure(downloader.download(url))),
    );
    expect(new Set(failures.map(({ code, message }) => `${code} ${message}`)).size).toBe(1);
    expect(failures[0]!.message).not.toContain('10.0.0.1');
  });
});

test('many at once, each with its own bytes', async () => {
  const server = await setUp(({ path }, socket) => reply(socket, 200, path.repeat(2000)));
  const paths = Array.from({ length: 40 }, (_, i) => `/${i}`);
  const results = await Promise.all(paths.map((path) => server.downloader.download(server.url + path)));
  for (const [i, { bytes }] of results.entries())
    expect(Buffer.from(bytes).toString()).toBe(paths[i]!.repeat(2000));
  await disconnected(server);
});

test('a malformed allow-list ends the start', () => {
  expect(() => createDownloader({ allow: '0.0.0.0/0' })).toThrow(
    expect.objectContaining({ code: 'option.invalid' }),
  );
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDownloader } from '../../src/download/download.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import { redirect, reply, serveHttp } from './servers.ts';
import { cleanups, disconnected, failure, setUp } from './set-up.ts';

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

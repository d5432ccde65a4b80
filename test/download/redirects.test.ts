import { describe, expect, test } from 'vitest';
import { MAX_REDIRECTS } from '../../src/download/download.ts';
import { type Answerer, flood, redirect, reply } from './servers.ts';
import { disconnected, failure, setUp } from './set-up.ts';

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
    `/${'a'.repeat(9000)}`,
    'http:////\x01',
  ])('a refused target counts as unreachable: %.40j', async (location) => {
    const { downloader, url, requests } = await setUp((_, socket) => redirect(socket, 302, location));
    const error = await failure(downloader.download(`${url}/?Signature=secret`));
    expect(error.code).toMatch(/^download\.(unreachable|cut_off)$/);
    expect(`${error.message} ${error.cause}`).not.toContain('secret');
    expect(requests).toHaveLength(1);
  });
});

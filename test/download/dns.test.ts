import { createHook } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDnsResolver, type Resolver, systemResolver } from '../../src/download/dns.ts';
import { createDownloader } from '../../src/download/download.ts';
import { resolverFor } from '../../src/download/resolve.ts';
import { type NameServer, serveNames } from './name-server.ts';

let server: NameServer;
let resolve: Resolver;
const { signal } = new AbortController();

beforeAll(async () => {
  server = await serveNames({
    'both.example': { a: ['93.184.216.34', '93.184.216.35'], aaaa: ['2606:2800:220:1::1'] },
    'four.example': { a: ['93.184.216.34'], aaaa: [] },
    'six.example': { a: [], aaaa: ['2606:2800:220:1::1'] },
    'half.example': { a: ['93.184.216.34'], aaaa: null },
    'empty.example': { a: [], aaaa: [] },
    'silent.example': { a: null, aaaa: null },
    'under_score.example': { a: ['93.184.216.34'], aaaa: [] },
  });
  resolve = createDnsResolver([server.address]);
});

afterAll(() => server.close());

describe('name servers', () => {
  test.each([
    ['both.example', ['93.184.216.34', '93.184.216.35', '2606:2800:220:1::1']],
    ['four.example', ['93.184.216.34']],
    ['six.example', ['2606:2800:220:1::1']],
    ['under_score.example', ['93.184.216.34']],
  ])('%s', async (host, addresses) => {
    expect([...(await resolve(host, signal))].sort()).toEqual(addresses.sort());
    expect(server.asked.filter((name) => name === host)).toHaveLength(2);
  });

  test('IPv4 comes first', async () => {
    expect((await resolve('both.example', signal)).at(-1)).toBe('2606:2800:220:1::1');
  });

  test('a family that never answers is not waited for', async () => {
    const start = performance.now();
    expect(await resolve('half.example', signal)).toEqual(['93.184.216.34']);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each(['nowhere.example', 'empty.example', `${'a'.repeat(80)}.example`])(
    '%s has no address',
    async (host) => {
      await expect(resolve(host, signal)).rejects.toThrow();
    },
  );

  test('an abort ends a look-up that nobody answers', async () => {
    const controller = new AbortController();
    const promise = resolve('silent.example', controller.signal);
    const start = performance.now();
    setTimeout(() => controller.abort(), 30);
    await expect(promise).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(1000);
    await expect(resolve('four.example', controller.signal)).rejects.toThrow();
  });

  test('silent names do not hold up others', async () => {
    const controllers = Array.from({ length: 50 }, () => new AbortController());
    const silent = controllers.map((one) => resolve('silent.example', one.signal).catch(() => 'ended'));
    const start = performance.now();
    expect(await resolve('four.example', signal)).toEqual(['93.184.216.34']);
    expect(performance.now() - start).toBeLessThan(1000);
    for (const controller of controllers) controller.abort();
    expect(new Set(await Promise.all(silent))).toEqual(new Set(['ended']));
  });
});

test('the system knows its own names', async () => {
  expect(await systemResolver('localhost', signal)).toContain('127.0.0.1');
});

test('the system is asked for what the operator opened, and for nothing else', () => {
  expect(resolverFor(true)).toBe(systemResolver);
  expect(resolverFor(false)).not.toBe(systemResolver);
});

test('names of one label that a stranger sends keep nobody from the system', async () => {
  let asked = 0;
  const count = (_id: number, type: string) => {
    if (type === 'GETADDRINFOREQWRAP') asked += 1;
  };
  const hook = createHook({ init: count }).enable();
  onTestFinished(() => void hook.disable());
  const downloader = createDownloader({ allow: 'localhost' });
  const ended = (host: string) =>
    downloader.download(`http://${host}:9999/a.jpg`, { deadlineMs: 300 }).catch((error) => error.code);
  await Promise.all(Array.from({ length: 8 }, (_, no) => ended(`stranger${no}`)));
  expect(asked).toBe(0);
  await ended('localhost');
  expect(asked).toBe(1);
});

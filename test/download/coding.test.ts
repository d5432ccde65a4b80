/** What stores send although they were asked for plain bytes. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { reply } from './servers.ts';
import { failure, setUp } from './set-up.ts';

const PLAIN = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, at) => (at * at) >> 7));
const MIB = 1024 * 1024;

/** What is downloaded of such an answer. */
async function download(body: Uint8Array, headers: readonly string[], tooLarge = 10 * MIB) {
  const server = await setUp((_, socket) => reply(socket, 200, body, headers), { limits: { tooLarge } });
  return server.downloader.download(server.url);
}

describe('a coding', () => {
  test.each<[string, Uint8Array, string]>([
    ['gzip', gzipSync(PLAIN), 'gzip'],
    ['its old name, in capitals', gzipSync(PLAIN), 'X-GZIP'],
    [
      'gzip in two members',
      Buffer.concat([gzipSync(PLAIN.subarray(0, 9)), gzipSync(PLAIN.subarray(9))]),
      'gzip',
    ],
    ['deflate', deflateSync(PLAIN), 'deflate'],
    ['deflate without its header', deflateRawSync(PLAIN), 'deflate'],
    ['br', brotliCompressSync(PLAIN), 'br'],
    ['gzip twice', gzipSync(gzipSync(PLAIN)), 'gzip, gzip'],
    ['two of them, in their order', brotliCompressSync(gzipSync(PLAIN)), 'gzip, br'],
    ['none, as an upload was signed', PLAIN, 'aws-chunked'],
    ['gzip behind that', gzipSync(PLAIN), 'aws-chunked,gzip'],
    ['none at all', PLAIN, 'identity'],
    ['nothing', PLAIN, ' , '],
  ])('%s is undone', async (_, body, coding) => {
    const { bytes } = await download(body, [`Content-Encoding: ${coding}`]);
    expect(PLAIN.equals(bytes)).toBe(true);
    expect(bytes.buffer.byteLength).toBe(PLAIN.length);
  });

  test('of two headers counts as two', async () => {
    const headers = ['Content-Encoding: gzip', 'Content-Encoding: br'];
    expect(PLAIN.equals((await download(brotliCompressSync(gzipSync(PLAIN)), headers)).bytes)).toBe(true);
  });

  test.each<[string, Uint8Array, string]>([
    ['zstd', PLAIN, 'zstd'],
    ['an unknown one', PLAIN, 'x-mine'],
    ['three', gzipSync(gzipSync(gzipSync(PLAIN))), 'gzip, gzip, gzip'],
    ['one too few', gzipSync(PLAIN), 'gzip, gzip'],
    ['gzip that breaks off', gzipSync(PLAIN).subarray(0, -9), 'gzip'],
    ['gzip that is none', PLAIN, 'gzip'],
    ['br that is none', Buffer.alloc(100, 0xff), 'br'],
    ['deflate that is none', Buffer.from('x no such thing'), 'deflate'],
    ['the name of a method', PLAIN, 'constructor'],
  ])('%s is refused', async (_, body, coding) => {
    const { code, cause } = await failure(download(body, [`Content-Encoding: ${coding}`]));
    expect(code).toBe('download.encoded');
    expect(cause).toBeUndefined();
  });

  test('of the transfer is refused', async () => {
    const { downloader, url } = await setUp((_, socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'),
    );
    expect((await failure(downloader.download(url))).code).toBe('download.encoded');
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(300 * MIB);

  test.each<[string, Uint8Array, string]>([
    ['of gzip', gzipSync(zeros), 'gzip'],
    ['of br', brotliCompressSync(zeros.subarray(0, 40 * MIB)), 'br'],
    ['of gzip twice', gzipSync(gzipSync(zeros)), 'gzip, gzip'],
    [
      'whose inner layer is nothing',
      gzipSync(Buffer.concat(Array(600_000).fill(gzipSync('')))),
      'gzip, gzip',
    ],
  ])('%s ends at 10 MiB', async (_, body, coding) => {
    const before = process.memoryUsage().rss;
    expect((await failure(download(body, [`Content-Encoding: ${coding}`]))).code).toBe('download.too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB);
  });

  test('one byte decides, and it is a byte of the picture', async () => {
    const most = 100_000;
    const whole = (await download(gzipSync(Buffer.alloc(most - 1)), ['Content-Encoding: gzip'], most)).bytes;
    expect(whole).toHaveLength(most - 1);
    const larger = download(gzipSync(Buffer.alloc(most)), ['Content-Encoding: gzip'], most);
    expect((await failure(larger)).code).toBe('download.too_large');
  });

  test('members without a byte are not waited for longer than the deadline', async () => {
    const empty = Buffer.concat(Array(500_000).fill(gzipSync('')));
    const { downloader, url } = await setUp((_, socket) =>
      reply(socket, 200, empty, ['Content-Encoding: gzip']),
    );
    const result = downloader.download(url, { deadlineMs: 5_000 });
    const code = await result.then(
      ({ bytes }) => bytes.length,
      ({ code }) => code,
    );
    expect([0, 'download.timeout']).toContain(code);
  });
});

describe('a page in place of a picture', () => {
  test.each([
    ['a web page', '<!doctype html><html lang="en">', 'a web page'],
    ['a web page behind blanks', '\r\n\r\n  <HTML>', 'a web page'],
    ['a log-in as XHTML', '<?xml version="1.0"?><!DOCTYPE html PUBLIC "">', 'a web page'],
    [
      'the error of a store',
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied',
      'an XML document',
    ],
    ['an error without a declaration', '<Error><Code>NoSuchKey</Code></Error>', 'an XML document'],
    ['an error as JSON', '{"error": "expired"}', 'a JSON document'],
  ])('%s is called so', async (_, body, name) => {
    for (const headers of [[], ['Content-Type: image/jpeg']]) {
      const { code, message } = await failure(download(Buffer.from(body), headers));
      expect([code, message]).toEqual([
        'download.not_image',
        `The address answered with ${name}, not with a picture.`,
      ]);
    }
    const packed = await failure(download(gzipSync(body), ['Content-Encoding: gzip']));
    expect(packed.code).toBe('download.not_image');
  });
});

test('an address of 8,000 characters is asked for as it is', async () => {
  const { downloader, url, requests } = await setUp((_, socket) => reply(socket, 200, 'x'));
  const path = `/a?X-Amz-Security-Token=${'t'.repeat(8_000 - url.length - 24)}`;
  expect(url.length + path.length).toBe(8_000);
  await downloader.download(url + path);
  expect(requests[0]!.path).toBe(path);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_URL_BYTES, parseImageUrl, targetOf } from '../../src/download/url.ts';
import { DetectError } from '../../src/errors.ts';

function refusal(text: string): DetectError {
  try {
    parseImageUrl(text);
  } catch (error) {
    if (error instanceof DetectError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('accepted', () => {
  test.each([
    ['http://a/a.jpg', 'http://a/a.jpg'],
    ['HTTPS://EXAMPLE.com', 'https://example.com/'],
    [' \t\r\n\fhttp://example.com/a.jpg \n', 'http://example.com/a.jpg'],
    ['http://example.com./a.jpg', 'http://example.com/a.jpg'],
    ['http://example.com./a.jpg#part', 'http://example.com/a.jpg'],
    ['http://127.0.0.1./', 'http://127.0.0.1/'],
    ['http://example.com:/a', 'http://example.com/a'],
    ['http://example.com?x=@\u00e9', 'http://example.com/?x=@%C3%A9'],
    ['http://example.com/a@b', 'http://example.com/a@b'],
    ['http://h/?Signature=a%2Bb%3D&Expires=1', 'http://h/?Signature=a%2Bb%3D&Expires=1'],
  ])('%j is %s', (text, href) => {
    expect(parseImageUrl(text).href).toBe(href);
  });

  test('a URL of just the longest size', () => {
    const start = 'http://example.com/';
    const longest = start + 'a'.repeat(MAX_URL_BYTES - start.length);
    expect(parseImageUrl(longest).href).toBe(longest);
    expect(refusal(`${longest}a`).code).toBe('url.invalid');
    expect(refusal(`${longest.slice(0, -1)}é`).message).toContain('8192');
  });
});

describe('refused', () => {
  test.each([
    'http://u@example.com/',
    'http://@example.com/',
    'http://:@example.com/',
    'http://example.com/\u0085',
    'http://example.com/\u007f',
    'http://example.com/a\tb',
    'http:\\example.com',
    'http://example.com\\.evil.example/',
    'http://example.com/a\\b',
    'http://example.com/?a\\b',
    'http://',
    'https://?',
    'http://#',
    'https:///example.com',
    '\u00a0http://example.com/',
    'httpx://example.com',
    'http://exam\u0000ple.com/',
    'http://[::1%25lo]/',
    'http://example.com:0/',
    'http://./',
    'http://.example.com/',
    'http://localhost../',
    'http://a..example/',
    'http://example.com:70000/',
  ])('%j', (text) => {
    expect(refusal(text).code).toBe('url.invalid');
  });

  test('the query string never gets into the error', () => {
    for (const text of [
      'http://[bad/?Signature=secret',
      'file:///x?Signature=secret',
      'http://u:p@h/?Signature=secret',
    ]) {
      const error = refusal(text);
      expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('secret');
    }
  });
});

test.each([
  ['http://Example.COM/', { host: 'example.com', port: 80, literal: false }],
  ['https://example.com/', { host: 'example.com', port: 443, literal: false }],
  ['http://example.com:8080/', { host: 'example.com', port: 8080, literal: false }],
  ['http://2130706433/', { host: '127.0.0.1', port: 80, literal: true }],
  ['https://[2606:2800:220:1::1]:8443/', { host: '2606:2800:220:1::1', port: 8443, literal: true }],
  ['http://例子.测试/', { host: 'xn--fsqu00a.xn--0zwm56d', port: 80, literal: false }],
])('target of %s', (text, target) => {
  expect(targetOf(parseImageUrl(text))).toEqual(target);
});

test('any text is refused, or becomes a URL that is taken unchanged the second time', () => {
  const piece = fc.constantFrom(
    'http',
    'https',
    ':',
    '/',
    '//',
    '@',
    '\\',
    '?',
    '#',
    '.',
    '[',
    ']',
    '::1',
    '%',
    '0x7f',
    '例',
    ' ',
    '\t',
    'a',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.array(piece).map((pieces) => `http://${pieces.join('')}`),
  );
  fc.assert(
    fc.property(text, (input) => {
      let url: URL;
      try {
        url = parseImageUrl(input);
      } catch (error) {
        expect(error).toMatchObject({ name: 'DetectError', code: 'url.invalid' });
        return;
      }
      expect(url.username + url.password + url.hash).toBe('');
      expect(url.hostname).not.toBe('');
      expect(parseImageUrl(url.href).href).toBe(url.href);
    }),
    { numRuns: 1000 },
  );
});

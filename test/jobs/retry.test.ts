/** Which failures of a download an item meets again: as the guard refuses it, and as the network does. */
import { describe, expect, test } from 'vitest';
import { parseAllowList } from '../../src/download/allow.ts';
import { failure } from '../../src/download/failure.ts';
import { createGuard } from '../../src/download/guard.ts';
import { parseImageUrl, targetOf } from '../../src/download/url.ts';
import type { DetectError } from '../../src/errors.ts';
import { meaningOf } from '../../src/jobs/retry.ts';

const RUNNING = new AbortController().signal;
const GUARD = createGuard(parseAllowList(''), { ports: () => [8080], addresses: () => ['93.184.216.34'] });

/** What a download of a URL fails with, whose host is at an address: the one in the URL if left out. */
function refusalOf(url: string, ip?: string): DetectError {
  const target = targetOf(parseImageUrl(url));
  try {
    GUARD.checkTarget(target);
    GUARD.checkAddress(target, ip ?? target.host);
  } catch (error) {
    return failure(error, 'dns', RUNNING);
  }
  throw new Error('not refused');
}

describe('what the guard refuses', () => {
  test.each([
    'http://10.0.0.1/a.jpg',
    'http://[::1]/a.jpg',
    'http://169.254.169.254/latest',
    'http://93.184.216.34:8080/a.jpg',
    'http://store.internal/a.jpg',
    'http://example.com:22/a.jpg',
  ])('as it is written, %s, is final', (url) => {
    expect(refusalOf(url).code).toBe('download.unreachable');
    expect(meaningOf(refusalOf(url))).toBe('final');
  });

  test('by what a name was looked up to be may pass', () => {
    expect(meaningOf(refusalOf('http://example.com/a.jpg', '10.0.0.1'))).toBe('passing');
  });
});

test('what does not answer may pass', () => {
  expect(meaningOf(failure(new Error('ECONNREFUSED'), 'connect', RUNNING))).toBe('passing');
});

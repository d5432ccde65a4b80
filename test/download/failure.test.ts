import { describe, expect, test } from 'vitest';
import { failure } from '../../src/download/failure.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import type { Phase } from '../../src/download/stages.ts';
import { DetectError } from '../../src/errors.ts';

const RUNNING = new AbortController().signal;

describe('a foreign error', () => {
  test.each<[Phase, string]>([
    ['dns', 'download.unreachable'],
    ['connect', 'download.unreachable'],
    ['headers', 'download.cut_off'],
    ['body', 'download.cut_off'],
  ])('in phase %s is %s', (phase, code) => {
    expect(failure(new Error('broken'), phase, RUNNING)).toMatchObject({
      code,
      cause: { message: `${phase}: broken` },
    });
  });

  test('keeps its code and where it was thrown, and nothing else', () => {
    const error = Object.assign(new Error('broken'), { code: 'ECONNRESET', data: 'bytes of the answer' });
    const { cause } = failure(error, 'body', RUNNING);
    expect(cause).toMatchObject({ code: 'ECONNRESET', stack: error.stack });
    expect(cause).not.toHaveProperty('data');
  });

  test('may be no Error at all', () => {
    expect(failure('broken', 'dns', RUNNING).cause).toMatchObject({ message: 'dns: broken' });
  });
});

test('a refusal is unreachable in any phase, with its reason for the log', () => {
  const refusal = new TargetRefused('why');
  expect(failure(refusal, 'headers', RUNNING)).toMatchObject({
    code: 'download.unreachable',
    cause: refusal,
  });
});

test('our own error stays as it is', () => {
  const error = new DetectError('download.encoded');
  expect(failure(error, 'body', AbortSignal.abort(new DetectError('download.timeout')))).toBe(error);
});

test('what breaks after the abort is put down to the abort', () => {
  const reason = new DetectError('download.timeout');
  expect(failure(new Error('broken'), 'body', AbortSignal.abort(reason))).toBe(reason);
});

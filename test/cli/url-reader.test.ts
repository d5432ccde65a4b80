/** Why an address cannot be reached, as the command line tells it. */
import { lookup } from 'node:dns/promises';
import { expect, test } from 'vitest';
import { withItsCause } from '../../src/cli/url-reader.ts';
import { messageIn } from '../../src/core/words/details.ts';
import { failure } from '../../src/download/failure.ts';
import type { Phase } from '../../src/download/stages.ts';
import type { DetectError } from '../../src/errors.ts';

const RUNNING = new AbortController().signal;
const OPENSSL =
  '800C0238667F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl3_record.c:350:\n';

interface Case {
  readonly phase: Phase;
  readonly said: string;
  /** What the system's errors bear besides. */
  readonly fields?: { readonly code: string; readonly hostname?: string };
  readonly code: string;
  readonly english: string;
  readonly chinese: string;
}

const CASES: readonly Case[] = [
  {
    phase: 'dns',
    said: 'queryA ENOTFOUND a.invalid',
    fields: { code: 'ENOTFOUND', hostname: 'a.invalid' },
    code: 'download.no_host',
    english: 'There is no host a.invalid.',
    chinese: '没有主机 a.invalid。',
  },
  {
    phase: 'dns',
    said: 'queryAaaa ENODATA a.example',
    fields: { code: 'ENODATA', hostname: 'a.example' },
    code: 'download.no_host',
    english: 'There is no host a.example.',
    chinese: '没有主机 a.example。',
  },
  {
    phase: 'dns',
    said: 'queryA ECONNREFUSED a.example',
    fields: { code: 'ECONNREFUSED', hostname: 'a.example' },
    code: 'download.no_host',
    english: 'No name server answers where a.example is.',
    chinese: '没有域名服务器回答 a.example 在哪里。',
  },
  {
    phase: 'connect',
    said: 'connect ECONNREFUSED 93.184.216.34:80',
    fields: { code: 'ECONNREFUSED' },
    code: 'download.unreachable',
    english: 'Connect: connect ECONNREFUSED 93.184.216.34:80.',
    chinese: '连接失败：connect ECONNREFUSED 93.184.216.34:80。',
  },
  {
    phase: 'connect',
    said: OPENSSL,
    code: 'download.unreachable',
    english: 'Connect: TLS: wrong version number.',
    chinese: '连接失败：TLS: wrong version number。',
  },
];

test.each(CASES)('$phase: $said', ({ phase, said, fields, code, english, chinese }) => {
  const error = withItsCause(failure(Object.assign(new Error(said), fields), phase, RUNNING)) as DetectError;
  expect(error).toMatchObject({ code, message: english });
  expect(messageIn('zh-CN', error)).toBe(chinese);
});

test('a real look-up says which host there is none of', async () => {
  const lost = await lookup('nobody.invalid').catch((error: unknown) => failure(error, 'dns', RUNNING));
  const { code, message } = withItsCause(lost) as DetectError;
  expect(code).toBe('download.no_host');
  expect(message).toContain('nobody.invalid');
});

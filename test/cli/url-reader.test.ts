/** Why an address cannot be reached, as the command line tells it. */
import { expect, test } from 'vitest';
import { withItsCause } from '../../src/cli/url-reader.ts';
import { messageIn } from '../../src/core/words/details.ts';
import { failure } from '../../src/download/failure.ts';
import type { DetectError } from '../../src/errors.ts';

const RUNNING = new AbortController().signal;
const OPENSSL =
  '800C0238667F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl3_record.c:350:\n';

test.each([
  [
    'dns',
    'queryA ENOTFOUND a.invalid',
    'download.no_host',
    'There is no host a.invalid.',
    '没有主机 a.invalid。',
  ],
  [
    'dns',
    'queryAaaa ENODATA a.example',
    'download.no_host',
    'There is no host a.example.',
    '没有主机 a.example。',
  ],
  ['dns', 'getaddrinfo ENOTFOUND a', 'download.no_host', 'There is no host a.', '没有主机 a。'],
  [
    'dns',
    'queryA ECONNREFUSED a.example',
    'download.no_host',
    'No name server answers where a.example is.',
    '没有域名服务器回答 a.example 在哪里。',
  ],
  [
    'connect',
    'connect ECONNREFUSED 93.184.216.34:80',
    'download.unreachable',
    'Connect: connect ECONNREFUSED 93.184.216.34:80.',
    '连接失败：connect ECONNREFUSED 93.184.216.34:80。',
  ],
  [
    'connect',
    OPENSSL,
    'download.unreachable',
    'Connect: TLS: wrong version number.',
    '连接失败：TLS: wrong version number。',
  ],
] as const)('%s: %s', (phase, said, code, english, chinese) => {
  const error = withItsCause(failure(new Error(said), phase, RUNNING)) as DetectError;
  expect(error).toMatchObject({ code, message: english });
  expect(messageIn('zh-CN', error)).toBe(chinese);
});

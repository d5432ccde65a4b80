import { describe, expect, test } from 'vitest';
import { parseAllowList } from '../../src/download/allow.ts';
import { createGuard, type Self } from '../../src/download/guard.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import { parseImageUrl, targetOf } from '../../src/download/url.ts';

/** Why the guard refuses a URL whose host is at the address (the literal by default); null if it does not. */
function refusal(allow: string, url: string, ip?: string, self?: Self): string | null {
  const guard = createGuard(parseAllowList(allow), self);
  const target = targetOf(parseImageUrl(url));
  try {
    guard.checkTarget(target);
    guard.checkAddress(target, ip ?? target.host);
    return null;
  } catch (error) {
    if (error instanceof TargetRefused) return error.message;
    throw error;
  }
}

describe('the allow-list opens', () => {
  test.each([
    ['a block', '10.1.0.0/16', 'http://10.1.2.3/', undefined],
    ['a block, for names in it', '10.1.0.0/16', 'http://store.example/', '10.1.2.3'],
    ['an address', '10.0.0.5', 'http://10.0.0.5/', undefined],
    ['an address and port', '10.0.0.5:9000', 'http://10.0.0.5:9000/', undefined],
    ['an IPv6 address', 'fd00::5', 'http://[fd00::5]/', undefined],
    ['an IPv6 address and port', '[fd00::5]:9000', 'http://[fd00::5]:9000/', undefined],
    ['a name', 'minio', 'http://minio:9000/', '172.18.0.2'],
    ['a name and port', 'minio:9000', 'http://minio:9000/', '172.18.0.2'],
    ['a private name', 'minio.internal', 'http://minio.internal/', '10.0.0.5'],
    ['names below a domain', '*.store.example', 'http://a.b.store.example/', '10.0.0.5'],
    ['names below a private suffix', '*.internal', 'http://a.internal/', '10.0.0.5'],
    ['a name, in any case and script', 'Bücher.Example', 'http://BÜCHER.example/', '10.0.0.5'],
    [
      'a name for shared address space',
      '*.oss-cn-beijing-internal.aliyuncs.com',
      'http://b.oss-cn-beijing-internal.aliyuncs.com/',
      '100.118.1.1',
    ],
    ['a metadata address named by itself', '169.254.169.254', 'http://169.254.169.254/', undefined],
    ['one of several', ' 10.9.9.9 , minio ,, ', 'http://minio/', '10.0.0.5'],
    ['NAT64 for public addresses', '64:ff9b::/96', 'http://a.example/', '64:ff9b::5db8:d822'],
  ])('%s', (_what, allow, url, ip) => {
    expect(refusal('', url, ip)).not.toBeNull();
    expect(refusal(allow, url, ip)).toBeNull();
  });
});

describe('the allow-list does not open', () => {
  test.each([
    ['beside a block', '10.1.0.0/16', 'http://10.2.0.0/', undefined],
    ['another port of an address', '10.0.0.5:9000', 'http://10.0.0.5/', undefined],
    ['another port of a name', 'minio:9000', 'http://minio/', '10.0.0.5'],
    ['the domain itself', '*.store.example', 'http://store.example/', '10.0.0.5'],
    ['a name that only ends the same', '*.store.example', 'http://evilstore.example/', '10.0.0.5'],
    ['a name that only begins the same', 'minio', 'http://minio.evil.example/', '10.0.0.5'],
    ['link-local addresses to a name', 'minio', 'http://minio/', '169.254.1.1'],
    ['metadata to a name', '*.store.example', 'http://a.store.example/', '169.254.169.254'],
    ['metadata in private space to a name', 'minio', 'http://minio/', '100.100.100.200'],
    ['metadata inside a block', '100.64.0.0/10', 'http://100.100.100.200/', undefined],
    ['metadata inside a link-local block', '169.254.0.0/16', 'http://169.254.169.254/', undefined],
    ['private names by their block', '10.0.0.0/8', 'http://minio.internal/', '10.0.0.5'],
    ['mapped addresses by an IPv4 block', '10.0.0.0/8', 'http://[::ffff:10.0.0.5]/', undefined],
    ['ports of other protocols', '10.0.0.5:22', 'http://10.0.0.5:22/', undefined],
    ['private addresses behind NAT64', '64:ff9b::/96', 'http://a.example/', '64:ff9b::a9fe:a9fe'],
  ])('%s', (_what, allow, url, ip) => {
    expect(refusal(allow, url, ip)).not.toBeNull();
  });
});

describe('an entry that is refused, with its reason', () => {
  test.each([
    ['10.0.0.1/8', 'beyond its prefix'],
    ['10.0.0.0/x', 'not a block'],
    ['0.0.0.0/0', 'too wide'],
    ['10.0.0.0/7', 'too wide'],
    ['8.0.0.0/7', 'too wide'],
    ['::/0', 'too wide'],
    ['*', 'not a host name'],
    ['*.com', 'top-level domain'],
    ['min*io', 'not a host name'],
    ['*.*.example', 'not a host name'],
    ['http://minio', 'not a block'],
    ['minio:0', 'port'],
    ['minio:70000', 'port'],
    ['minio:port', 'not a block, an address or a host name'],
    ['user@minio', 'not a host name'],
    ['127.1', 'not a host name'],
    ['[10.0.0.5]', 'IPv6'],
    ['[minio]:9000', 'IPv6'],
    ['a b', 'not a host name'],
    [':9000', 'not a host name'],
  ])('%j', (entry, reason) => {
    const parse = () => parseAllowList(`minio,${entry}`);
    expect(parse).toThrow(expect.objectContaining({ code: 'option.invalid' }));
    expect(parse).toThrow('LPD_DOWNLOAD_ALLOW');
    expect(parse).toThrow(`"${entry}"`);
    expect(parse).toThrow(reason);
  });
});

describe('the message for the log', () => {
  test('says why, and which entry opens it', () => {
    const message = refusal('', 'http://minio.example:9000/?Signature=secret', '10.0.0.5');
    expect(message).toContain('private use (10.0.0.0/8, RFC 1918)');
    expect(message).toContain('LPD_DOWNLOAD_ALLOW=minio.example opens it');
    expect(message).not.toContain('secret');
    expect(message).not.toContain('10.0.0.5');
  });

  test.each([
    ['http://minio.internal/', undefined, 'LPD_DOWNLOAD_ALLOW=minio.internal '],
    ['http://10.0.0.5/', undefined, 'LPD_DOWNLOAD_ALLOW=10.0.0.5 '],
    ['http://a.example/', '169.254.169.254', 'LPD_DOWNLOAD_ALLOW=<its address> '],
  ])('%s', (url, ip, hint) => {
    expect(refusal('', url, ip)).toContain(hint);
  });
});

describe('the service itself', () => {
  const self: Self = { ports: () => [8080, 9090], addresses: () => ['203.0.114.7', '2606:4700::7'] };

  test.each([
    ['http://203.0.114.7:8080/', undefined],
    ['http://self.example:9090/', '203.0.114.7'],
    ['http://self.example:8080/', '2606:4700:0:0::7'],
  ])('is refused: %s at %s', (url, ip) => {
    expect(refusal('203.0.114.7,self.example', url, ip, self)).toContain('service itself');
  });

  test.each(['http://127.0.0.1:8080/', 'http://127.8.9.1:8080/', 'http://[::1]:8080/'])(
    'is refused, even if opened: %s',
    (url) => {
      expect(refusal('127.0.0.0/8,::1', url, undefined, self)).toContain('service itself');
      expect(refusal('127.0.0.0/8,::1', url, undefined, { ports: () => [8080] })).toContain('service itself');
    },
  );

  test('other ports and other addresses are not', () => {
    expect(refusal('', 'http://203.0.114.7:8081/', undefined, self)).toBeNull();
    expect(refusal('', 'http://203.0.114.8:8080/', undefined, self)).toBeNull();
  });
});

test.each([
  'localhost',
  'a.localhost',
  'printer.local',
  'x.home.arpa',
  'metadata.google.internal',
  'nas.lan',
])('the name %s is refused whatever its address', (host) => {
  expect(refusal('', `http://${host}/`, '93.184.216.34')).toContain('private name');
});

test.each(['a', 'internal.example', 'localhost.example', 'mylocalhost', 'notlocal'])(
  'the name %s is not',
  (host) => {
    expect(refusal('', `http://${host}/`, '93.184.216.34')).toBeNull();
  },
);

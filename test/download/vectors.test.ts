import type { Socket } from 'node:net';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readHeader } from '../../src/core/image/header.ts';
import { isPublicAddress } from '../../src/download/address.ts';
import type { Resolver } from '../../src/download/dns.ts';
import { createDownloader, type Downloader, type DownloadResult } from '../../src/download/download.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import { DetectError, type ErrorCode } from '../../src/errors.ts';
import { type Certificate, createAuthority, createCertificate } from './certificates.ts';
import {
  dialInto,
  drip,
  flood,
  type Received,
  redirect,
  reply,
  serveHttp,
  serveHttps,
  type TestServer,
} from './servers.ts';
import { readVectors, type Vector } from './vectors.ts';

const VECTORS = readVectors();
const PUBLIC = '93.184.216.34';
/** A public address that this service itself is said to have. */
const OWN = '203.0.114.7';
const OWN_PORT = 8080;
/** Hosts of rows that say nothing about DNS. */
const HOSTS: Readonly<Record<string, string>> = {
  'redir.example': PUBLIC,
  'resp.example': PUBLIC,
  'badtls.example': PUBLIC,
  'example.com': PUBLIC,
  'self.example': OWN,
};
const TLS_NAMES = [
  'help-static-aliyun-doc.aliyuncs.com',
  'example.com',
  'xn--fsqu00a.xn--0zwm56d',
  'redir.example',
];
/** Rows whose failure takes as long as it is let; the others have all the time they need. */
const DEADLINE_MS: Readonly<Record<string, number>> = { 'http://slow-dns.example/a.jpg': 200 };

/** The tokens of the rows that get past the text gate; `url.invalid` for the others. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  'slow-dns.example/a.jpg': 'download.timeout',
  'nxdomain.example/a.jpg': 'download.unreachable',
  'aaa.com/': 'download.unreachable',
  'badtls.example/a.jpg': 'download.unreachable',
  '/302-loop': 'download.redirects',
  '/302-chain-6': 'download.redirects',
  '/302-no-location': 'download.redirects',
  '/refresh-meta': 'download.not_image',
  '/content-length-11mb': 'download.too_large',
  '/content-length-lie': 'download.cut_off',
  '/no-length-endless': 'download.too_large',
  '/gzip-bomb': 'download.encoded',
  '/slow-loris': 'download.timeout',
  '/huge-headers': 'download.cut_off',
  '/html-as-jpg': 'download.not_image',
  '/svg': 'image.unsupported',
  '/gif': 'image.unsupported',
  '/401': 'download.http_status',
  '/500': 'download.http_status',
  '/206-partial': 'download.http_status',
};

let jpeg: Buffer;
let http: TestServer;
let https: TestServer;
let authority: Certificate;

const REDIRECTS: Readonly<Record<string, [status: number, location: string]>> = {
  '/302-to-loopback': [302, 'http://127.0.0.1:80/'],
  '/302-to-metadata': [302, 'http://169.254.169.254/latest/meta-data/'],
  '/302-to-dword': [302, 'http://2130706433/'],
  '/302-scheme-relative': [302, '//127.0.0.1/'],
  '/307-cross-protocol': [307, 'https://127.0.0.1/'],
  '/302-to-file': [302, 'file:///etc/passwd'],
  '/302-to-data': [302, 'data:image/png;base64,AAAA'],
  '/302-to-private-name': [302, 'http://internal.evil.example/'],
  '/302-loop': [302, '/302-loop'],
  '/302-chain-6': [302, '?n=5'],
  ...Object.fromEntries(
    [5, 4, 3, 2, 1].map((n) => [`/302-chain-6?n=${n}`, [302, n > 1 ? `?n=${n - 1}` : '/a.jpg']]),
  ),
  '/302-to-public': [302, 'https://example.com/a.jpg'],
};

const RESPONSES: Readonly<Record<string, (socket: Socket) => void>> = {
  '/content-length-11mb': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 11534336\r\n\r\n'),
  '/content-length-lie': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n');
    flood(socket, Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`));
  },
  '/no-length-endless': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.write(jpeg);
    flood(socket, Buffer.alloc(0x10000));
  },
  '/gzip-bomb': (socket) => reply(socket, 200, Buffer.alloc(10_240), ['Content-Encoding: gzip']),
  '/slow-loris': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    drip(socket, 'x', 50);
  },
  '/huge-headers': (socket) => reply(socket, 200, jpeg, [`X-Huge: ${'x'.repeat(1024 * 1024)}`]),
  '/html-as-jpg': (socket) =>
    reply(socket, 200, '<!doctype html><p>Hello there', ['Content-Type: image/jpeg']),
  '/refresh-meta': (socket) =>
    reply(socket, 200, '<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">', [
      'Content-Type: text/html',
    ]),
  '/svg': (socket) =>
    reply(socket, 200, '<svg xmlns="http://www.w3.org/2000/svg"/>', ['Content-Type: image/svg+xml']),
  '/gif': (socket) =>
    reply(socket, 200, 'GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff', ['Content-Type: image/gif']),
  '/octet-stream.jpg': (socket) => reply(socket, 200, jpeg, ['Content-Type: application/octet-stream']),
  '/401': (socket) => reply(socket, 401, jpeg),
  '/500': (socket) => reply(socket, 500, jpeg),
  '/206-partial': (socket) => reply(socket, 206, jpeg, ['Content-Range: bytes 0-99/1000']),
  '/set-cookie': (socket) => reply(socket, 200, jpeg, ['Set-Cookie: session=1']),
  '/302-no-location': (socket) => reply(socket, 302, ''),
};

function answer({ path, headers, serverName }: Received, socket: Socket): void {
  const host = headers.get('host');
  const hop = host === 'redir.example' ? REDIRECTS[path] : undefined;
  const respond = RESPONSES[path];
  if (hop) redirect(socket, ...hop);
  else if (respond) respond(socket);
  else if (path === '/302-https-downgrade')
    redirect(socket, 302, serverName ? 'http://example.com/a.jpg' : `https://redir.example${path}`);
  // The second look-up, which the redirect asks for, is the one that has turned.
  else if (host === 'rebind.evil.example') redirect(socket, 302, path);
  else reply(socket, 200, jpeg, ['Content-Type: image/jpeg']);
}

function resolverFor(vector: Vector): Resolver {
  const asked = new Map<string, number>();
  return (host) => {
    if (host === 'slow-dns.example') return new Promise(() => {});
    const lookups = vector.dns.get(host);
    const turn = asked.get(host) ?? 0;
    asked.set(host, turn + 1);
    const addresses = lookups?.[Math.min(turn, lookups.length - 1)] ?? (HOSTS[host] ? [HOSTS[host]] : []);
    return addresses.length > 0 ? Promise.resolve(addresses) : Promise.reject(new Error(`ENOTFOUND ${host}`));
  };
}

interface Outcome {
  readonly verdict: Vector['expected'];
  readonly code: ErrorCode | null;
  readonly result: DownloadResult | null;
  readonly dialled: readonly string[];
}

let downloader: Downloader | undefined;

async function run(vector: Vector): Promise<Outcome> {
  const dialled: string[] = [];
  downloader = createDownloader({
    ca: authority.cert,
    resolver: resolverFor(vector),
    dial: dialInto((_address, port) => (port === 443 ? https.port : http.port), dialled),
    self: { ports: () => [OWN_PORT], addresses: () => [OWN] },
    limits: { speedWindowMs: 300 },
  });
  try {
    const deadlineMs = DEADLINE_MS[vector.url] ?? 10_000;
    const inspectPrefix = (bytes: Uint8Array) => readHeader(bytes, false) !== null;
    const result = await downloader.download(vector.url, { deadlineMs, inspectPrefix });
    readHeader(result.bytes, true);
    return { verdict: 'allow', code: null, result, dialled };
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    const verdict = error.cause instanceof TargetRefused ? 'block' : 'invalid';
    return { verdict, code: error.code, result: null, dialled };
  }
}

beforeAll(async () => {
  jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c96' } })
    .jpeg()
    .toBuffer();
  authority = await createAuthority();
  const good = await createCertificate(TLS_NAMES, { authority });
  const selfSigned = await createCertificate(['badtls.example']);
  http = await serveHttp(answer);
  https = await serveHttps((name) => (name === 'badtls.example' ? selfSigned : good), answer);
});

afterEach(async () => {
  await downloader?.close();
});

afterAll(async () => {
  await Promise.all([http.close(), https.close()]);
});

test('the table has its 200 rows', () => {
  expect(VECTORS).toHaveLength(200);
});

describe.each(['allow', 'block', 'invalid'] as const)('%s', (expected) => {
  const rows = VECTORS.filter((vector) => vector.expected === expected);
  test.each(rows.map((vector) => [vector.line, vector.url.slice(0, 90), vector] as const))(
    'line %i: %j',
    async (...row) => {
      const vector = row[2];
      const outcome = await run(vector);
      expect(outcome).toMatchObject({ verdict: expected });
      // Whatever the verdict, no refused address was ever connected to.
      for (const dialled of outcome.dialled) {
        expect(isPublicAddress(dialled.slice(0, dialled.lastIndexOf(':')))).toBe(true);
        expect(dialled).not.toBe(`${OWN}:${OWN_PORT}`);
      }
      if (expected === 'allow') {
        expect(Buffer.from(outcome.result!.bytes)).toEqual(jpeg);
      } else if (expected === 'block') {
        expect(outcome.code).toBe('download.unreachable');
      } else {
        const special = Object.entries(CODES).find(([end]) => vector.url.endsWith(end))?.[1];
        expect(outcome.code).toBe(special ?? 'url.invalid');
      }
    },
  );
});

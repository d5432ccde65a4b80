import { connect, Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Dial, NEXT_ADDRESS_MS } from '../../src/download/connect.ts';
import { createDownloader, type DownloaderOptions } from '../../src/download/download.ts';
import { TargetRefused } from '../../src/download/refusal.ts';
import { DetectError } from '../../src/errors.ts';
import { type Certificate, createAuthority, createCertificate } from './certificates.ts';
import { dialInto, reply, serveHttp, serveHttps, type TestServer } from './servers.ts';

const FIRST = '93.184.216.34';
const SECOND = '93.184.216.35';
const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function picture(certificate?: Certificate | ((name: string) => Certificate)): Promise<TestServer> {
  const pick = typeof certificate === 'function' ? certificate : () => certificate!;
  const server = certificate
    ? await serveHttps(pick, (_, socket) => reply(socket, 200, 'x'))
    : await serveHttp((_, socket) => reply(socket, 200, 'x'));
  servers.push(server);
  return server;
}

async function attempt(
  options: DownloaderOptions,
  url = 'http://store.example/',
): Promise<DetectError | null> {
  try {
    await createDownloader({ resolver: async () => [FIRST, SECOND], ...options }).download(url, {
      deadlineMs: 5000,
    });
    return null;
  } catch (error) {
    if (error instanceof DetectError) return error;
    throw error;
  }
}

describe('where the connection ends', () => {
  test('is judged by the socket, not by what was asked for', async () => {
    const server = await picture();
    // Something between us and the network that leads a public address to loopback.
    const dial: Dial = () => connect(server.port, '127.0.0.1');
    const error = await attempt({ dial });
    expect(error?.code).toBe('download.unreachable');
    expect(error?.cause).toBeInstanceOf(TargetRefused);
    expect(server.requests).toHaveLength(0);
  });
});

describe('several addresses', () => {
  test('the next one is tried when one refuses', async () => {
    const server = await picture();
    const dialled: string[] = [];
    const dial = dialInto((address) => (address === FIRST ? undefined : server.port), dialled);
    expect(await attempt({ dial })).toBeNull();
    expect(dialled).toEqual([`${FIRST}:80`, `${SECOND}:80`]);
  });

  test('and when one is silent, which is then dropped', async () => {
    const server = await picture();
    const silent = new Socket();
    const lead = dialInto(() => server.port);
    const start = performance.now();
    expect(
      await attempt({ dial: (address, port) => (address === FIRST ? silent : lead(address, port)) }),
    ).toBeNull();
    expect(performance.now() - start).toBeGreaterThan(NEXT_ADDRESS_MS - 10);
    expect(silent.destroyed).toBe(true);
  });

  test('only one is connected to when it answers', async () => {
    const server = await picture();
    const dialled: string[] = [];
    expect(await attempt({ dial: dialInto(() => server.port, dialled) })).toBeNull();
    expect(dialled).toEqual([`${FIRST}:80`]);
  });

  test('all refuse', async () => {
    expect((await attempt({ dial: dialInto(() => undefined) }))?.code).toBe('download.unreachable');
  });

  test('all are silent: the deadline ends it and drops them', async () => {
    const sockets: Socket[] = [];
    const downloader = createDownloader({
      resolver: async () => [FIRST, SECOND],
      dial: () => {
        const socket = new Socket();
        sockets.push(socket);
        return socket;
      },
    });
    await expect(
      downloader.download('http://store.example/', { deadlineMs: NEXT_ADDRESS_MS + 100 }),
    ).rejects.toMatchObject({
      code: 'download.timeout',
    });
    expect(sockets).toHaveLength(2);
    for (const socket of sockets) expect(socket.destroyed).toBe(true);
  });
});

describe('TLS', () => {
  let authority: Certificate;
  let good: Certificate;

  beforeAll(async () => {
    authority = await createAuthority();
    good = await createCertificate(['store.example'], { authority, addresses: [FIRST] });
  });

  const tls = async (
    certificate: Certificate,
    options: DownloaderOptions,
    url = 'https://store.example/',
  ) => {
    const server = await picture(certificate);
    return { server, error: await attempt({ dial: dialInto(() => server.port), ...options }, url) };
  };

  test('an extra authority is trusted, and the name is sent', async () => {
    const { server, error } = await tls(good, { ca: authority.cert });
    expect(error).toBeNull();
    expect(server.requests[0]).toMatchObject({ serverName: 'store.example' });
    expect(server.requests[0]!.headers.get('host')).toBe('store.example');
  });

  test('a trailing dot is no part of the name', async () => {
    const { server, error } = await tls(good, { ca: authority.cert }, 'https://store.example./');
    expect(error).toBeNull();
    expect(server.requests[0]!.serverName).toBe('store.example');
  });

  test('an address in the URL is held against the certificate, and no name is sent', async () => {
    const { server, error } = await tls(good, { ca: authority.cert }, `https://${FIRST}/`);
    expect(error).toBeNull();
    expect(server.requests[0]!.serverName).toBeUndefined();
    expect((await tls(good, { ca: authority.cert }, `https://${SECOND}/`)).error?.code).toBe(
      'download.unreachable',
    );
  });

  test('an unknown authority', async () => {
    const { server, error } = await tls(good, {});
    expect(error?.code).toBe('download.unreachable');
    expect(server.requests).toHaveLength(0);
  });

  test('another name', async () => {
    const { server, error } = await tls(good, { ca: authority.cert }, 'https://other.example/');
    expect(error?.code).toBe('download.unreachable');
    expect(server.requests).toHaveLength(0);
  });

  test('expired', async () => {
    const expired = await createCertificate(['store.example'], { authority, expired: true });
    expect((await tls(expired, { ca: authority.cert })).error?.code).toBe('download.unreachable');
  });

  test('the environment does not switch it off', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect((await tls(good, {})).error?.code).toBe('download.unreachable');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  test('a server that never shakes hands', async () => {
    const server = await serveHttp(() => {});
    servers.push(server);
    const downloader = createDownloader({ resolver: async () => [FIRST], dial: dialInto(() => server.port) });
    await expect(downloader.download('https://store.example/', { deadlineMs: 150 })).rejects.toMatchObject({
      code: 'download.timeout',
    });
    await expect.poll(() => server.open.size).toBe(0);
  });

  test('a server that speaks plain HTTP', async () => {
    const server = await serveHttp(() => {});
    servers.push(server);
    const downloader = createDownloader({ resolver: async () => [FIRST], dial: dialInto(() => server.port) });
    const promise = downloader.download('https://store.example/', { deadlineMs: 2000 });
    promise.catch(() => {});
    await expect.poll(() => server.open.size).toBe(1);
    for (const socket of server.open) socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(promise).rejects.toMatchObject({ code: 'download.unreachable' });
  });
});

/** Too much, too slow, and gone: bounds, deadlines, clients that hang up, and the way out. */

import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CATALOGUE, type ErrorCode } from '../../src/errors.ts';
import type { InspectPool } from '../../src/workers/pool.ts';
import { type BuildOptions, build, serve, startPool } from './build.ts';
import { blank } from './pictures.ts';
import { exchangeRaw } from './raw.ts';

const PATH = '/api/v1/services/aigc/image2video/face-detect';

let pool: InspectPool;

beforeAll(async () => {
  pool = await startPool(afterAll);
});

/** A service, and a server of pictures that answers when the test says so. */
async function start(options: BuildOptions = {}) {
  const service = await build(onTestFinished, { pool, ...options });
  const waiting: ServerResponse[] = [];
  let closed = 0;
  const images = await serve(onTestFinished, (request, response) => {
    waiting.push(response);
    request.socket.on('close', () => closed++);
  });
  const picture = await blank(200, 200);
  const detect = async (secret = service.key.secret, signal?: AbortSignal) => {
    const response = await fetch(`${service.url}${PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${images}/a` } }),
      ...(signal && { signal }),
    });
    await response.text();
    return { status: response.status, reason: response.headers.get('x-reason'), headers: response.headers };
  };
  return {
    ...service,
    waiting,
    detect,
    closed: () => closed,
    arrived: (count: number) => expect.poll(() => waiting.length).toBe(count),
    release: () => {
      for (const response of waiting.splice(0)) response.end(picture);
    },
  };
}

const refused = (reason: ErrorCode) => ({ status: CATALOGUE[reason].status, reason });

describe('overload', () => {
  it('refuses at once what has no place, and serves what was accepted', async () => {
    const service = await start({ settings: { downloads: 2 } });
    // One key may download half as much as there is place for; twice the places may wait.
    const accepted = Array.from({ length: 5 }, () => service.detect());
    await service.arrived(1);
    // No download has ended, and the refusal is there.
    expect(await service.detect()).toMatchObject(refused('overload.queue'));
    expect(service.waiting).toHaveLength(1);
    const pump = setInterval(service.release, 10);
    onTestFinished(() => clearInterval(pump));
    for (const answer of await Promise.all(accepted)) expect(answer.status).toBe(200);
  });

  it("lets another key through one key's flood", async () => {
    const service = await start({ settings: { downloads: 2 } });
    const flood = Array.from({ length: 12 }, () => service.detect());
    await service.arrived(1);
    const other = await service.createKey();
    const second = service.detect(other.secret);
    await service.arrived(2);
    service.release();
    expect((await second).status).toBe(200);
    const pump = setInterval(service.release, 10);
    onTestFinished(() => clearInterval(pump));
    const statuses = new Set((await Promise.all(flood)).map((answer) => answer.status));
    expect(statuses).toEqual(new Set([200, 429]));
  });
});

describe('uploads', () => {
  it('of long bodies for an address are bounded too', async () => {
    const service = await start({ settings: { downloads: 3 } });
    const head = (length: number) =>
      `POST ${PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${service.key.secret}\r\nContent-Length: ${length}\r\n\r\n{`;
    const slow = [900_000, 900_000, 9].map((length) => {
      const socket = connect(service.port, '127.0.0.1').on('error', () => {});
      onTestFinished(() => void socket.destroy());
      socket.write(head(length));
      return socket;
    });
    await expect.poll(() => service.lifecycle.open).toBe(slow.length);
    const [long] = await exchangeRaw(service.port, [head(900_000)]);
    expect(long?.headers.get('x-reason')).toBe('overload.queue');
    const [short] = await exchangeRaw(service.port, [`${head(9)}no image`]);
    expect(short?.headers.get('x-reason')).toBe('body.invalid');
  });

  it('are bounded before their bodies are read', async () => {
    const service = await start({ settings: { downloads: 3 } });
    const head = `POST /v1/inspect HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${service.key.secret}\r\nContent-Length: 9\r\n\r\n`;
    const slow = Array.from({ length: 2 }, () => connect(service.port, '127.0.0.1').on('error', () => {}));
    onTestFinished(() => {
      for (const socket of slow) socket.destroy();
    });
    for (const socket of slow) socket.write(head);
    await expect.poll(() => service.lifecycle.open).toBe(2);
    const [answer] = await exchangeRaw(service.port, [head]);
    expect(answer?.headers.get('x-reason')).toBe('overload.queue');
    slow[0]?.destroy();
    await expect.poll(() => service.lifecycle.open).toBe(1);
    const [next] = await exchangeRaw(service.port, [`${head}no image.`]);
    expect(next?.headers.get('x-reason')).toBe('image.unsupported');
  });
});

describe('the deadline', () => {
  it('ends a download that takes too long', async () => {
    const service = await start({ settings: { deadlineMs: 400 } });
    const begun = performance.now();
    expect(await service.detect()).toMatchObject(refused('download.timeout'));
    expect(performance.now() - begun).toBeLessThan(1_500);
    await expect.poll(service.closed).toBe(1);
  });

  it('ends the wait for a place', async () => {
    const service = await start({ settings: { deadlineMs: 600, downloads: 1 } });
    const first = service.detect();
    await service.arrived(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = service.detect();
    expect(await first).toMatchObject(refused('download.timeout'));
    expect(['download.timeout', 'deadline.passed']).toContain((await second).reason);
  });
});

describe('a client that hangs up', () => {
  it('frees its place, ends its download, and is not metered', async () => {
    const service = await start({ settings: { downloads: 1 } });
    const gone = new AbortController();
    const first = service.detect(undefined, gone.signal);
    await service.arrived(1);
    const second = service.detect();
    gone.abort();
    await expect(first).rejects.toThrow();
    await service.arrived(2);
    await expect.poll(service.closed).toBe(1);
    service.release();
    expect((await second).status).toBe(200);
    expect(await service.store.usage()).toMatchObject([{ count: 1 }]);
  });

  it('frees what was set aside of its quota', async () => {
    const service = await start();
    const { secret } = await service.createKey({ quota: 1 });
    const gone = new AbortController();
    const first = service.detect(secret, gone.signal);
    await service.arrived(1);
    expect(await service.detect(secret)).toMatchObject(refused('key.quota'));
    gone.abort();
    await expect(first).rejects.toThrow();
    const pump = setInterval(service.release, 10);
    onTestFinished(() => clearInterval(pump));
    await expect.poll(async () => (await service.detect(secret)).status).toBe(200);
  });
});

describe('a client that is slow', () => {
  it.each<[string, string]>([
    ['in its headers', `POST ${PATH} HTTP/1.1\r\nHost: h\r\n`],
    ['with its first byte', 'P'],
  ])('is answered and dropped when slow %s', async (_name, bytes) => {
    const service = await start({ settings: { deadlineMs: 300 } });
    const [answer] = await exchangeRaw(service.port, [bytes]);
    expect(answer?.status).toBe(400);
    expect(answer?.headers.get('x-reason')).toBe('request.timeout');
  });

  it('is answered and dropped when slow in its body', async () => {
    const service = await start({ settings: { deadlineMs: 300 } });
    const head = `POST ${PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${service.key.secret}\r\nContent-Length: 9\r\n\r\n{`;
    const [answer] = await exchangeRaw(service.port, [head]);
    expect(answer?.status).toBe(400);
    expect(answer?.headers.get('x-reason')).toBe('request.timeout');
    await expect.poll(() => service.lifecycle.open).toBe(0);
  });
});

describe('the way out', () => {
  it('answers what was accepted, refuses the rest, and closes connections', async () => {
    const service = await start();
    const accepted = service.detect();
    await service.arrived(1);
    const drained = service.lifecycle.drain(5_000);
    const late = await service.detect();
    expect(late).toMatchObject(refused('overload.queue'));
    expect(late.headers.get('connection')).toBe('close');
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    service.release();
    expect((await accepted).status).toBe(200);
    expect(await drained).toBe(0);
  });

  it('does not wait longer than it was told', async () => {
    const service = await start();
    const stuck = service.detect().catch(() => 'cut off');
    await service.arrived(1);
    expect(await service.lifecycle.drain(50)).toBe(1);
    service.app.server.closeAllConnections();
    expect(await stuck).toBe('cut off');
  });
});

describe('browsers', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}${PATH}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it('are answered for the configured origins only', async () => {
    const { url } = await start({ settings: { corsOrigins: ['https://app.example'] } });
    const allowed = await preflight(url, 'https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed.headers.has('x-request-id')).toBe(true);

    const other = await preflight(url, 'https://evil.example');
    expect(other.status).toBe(400);
    expect(other.headers.get('x-reason')).toBe('request.method');
    expect(other.headers.has('access-control-allow-origin')).toBe(false);

    const refusal = await fetch(`${url}${PATH}`, {
      method: 'POST',
      headers: { origin: 'https://app.example' },
    });
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(refusal.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it('are refused by default', async () => {
    const { url } = await start();
    const answer = await preflight(url, 'https://app.example');
    expect(answer.status).toBe(400);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('the metrics', () => {
  it('count requests, reasons, stages, bytes, queues and workers', async () => {
    const service = await start();
    const pump = setInterval(service.release, 10);
    onTestFinished(() => clearInterval(pump));
    await service.detect();
    await service.detect('wrong');
    await exchangeRaw(service.port, ['no HTTP\r\n\r\n']);
    await expect.poll(() => service.lifecycle.open).toBe(0);
    const text = await service.metrics.registry.metrics();
    expect(text).toContain(`lpd_requests_total{route="${PATH}",status="200",code=""} 1`);
    expect(text).toContain(`lpd_requests_total{route="${PATH}",status="401",code="InvalidApiKey"} 1`);
    expect(text).toContain('lpd_reasons_total{reason="face.none"} 1');
    expect(text).toContain('lpd_requests_total{route="none",status="400",code="InvalidParameter"} 1');
    expect(text).toContain('lpd_stage_duration_seconds_count{stage="inspect"} 1');
    expect(text).toContain('lpd_waiting{stage="download"} 0');
    expect(text).toContain('lpd_workers{state="alive"} 1');
    expect(text).toMatch(/lpd_picture_bytes_total [1-9]/);
    expect(text).toContain('process_resident_memory_bytes');
  });
});

describe('a connection that goes half', () => {
  it('is closed, and leaves nothing behind', async () => {
    const service = await start();
    const socket = connect({ port: service.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    socket.end(`POST ${PATH} HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n{`);
    await new Promise((resolve) => socket.once('end', resolve).resume());
    socket.destroy();
    await expect.poll(() => service.lifecycle.open).toBe(0);
  });
});

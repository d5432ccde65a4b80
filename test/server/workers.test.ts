/** Workers that fail, hang and die, behind the real service. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { build, startPool } from './build.ts';
import { blank } from './pictures.ts';

const WORKER = new URL('../workers/mortal-worker.ts', import.meta.url);
const LIMIT_MS = 2_000;

vi.setConfig({ testTimeout: 90_000 });

let service: Awaited<ReturnType<typeof build>>;
let picture: Buffer;

beforeAll(async () => {
  picture = await blank(200, 200);
  // Long limits, since it takes a while to fill a heap.
  const pool = await startPool(afterAll, { workers: 2, limitMs: 25_000, cpuMs: 25_000, workerUrl: WORKER });
  service = await build(afterAll, { settings: { deadlineMs: 25_000 }, pool });
});

async function inspect(
  end: string,
  { url, key } = service,
): Promise<{ status: number; reason: string | null }> {
  const response = await fetch(`${url}/v1/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.secret}` },
    body: Buffer.concat([picture, Buffer.from(end)]),
  });
  await response.text();
  return { status: response.status, reason: response.headers.get('x-reason') };
}

/** Waits until the pool is whole again. */
async function recovered(): Promise<void> {
  await expect.poll(() => service.pool.state.alive, { timeout: 20_000 }).toBe(2);
  await expect.poll(async () => (await inspect('')).status, { timeout: 20_000 }).toBe(200);
}

const FINE = { status: 200, reason: 'face.none' };

describe('a worker that goes down', () => {
  it.each<[string, string, ErrorCode]>([
    ['throws', 'THROW', 'inspect.failed'],
    ['exits', 'EXIT!', 'inspect.failed'],
    ['runs out of memory', 'HEAP!', 'inspect.failed'],
  ])('costs its own request a 500 and no other, when it %s', async (_name, end, reason) => {
    await recovered();
    const [broken, ...others] = await Promise.all([inspect(end), inspect(''), inspect('')]);
    expect(broken).toEqual({ status: 500, reason });
    expect(others).toEqual([FINE, FINE]);
    await recovered();
  });

  it.each<[string, string, number]>([
    ['hangs', 'WAIT!', Number.MAX_SAFE_INTEGER],
    ['runs in circles', 'LOOP!', 200],
  ])(
    'is killed when it %s, and replaced; its picture is not tried again so soon',
    async (_name, end, cpuMs) => {
      const pool = await startPool(onTestFinished, { limitMs: LIMIT_MS, cpuMs, workerUrl: WORKER });
      const hanging = await build(onTestFinished, { settings: { deadlineMs: LIMIT_MS }, pool });
      expect(await inspect(end, hanging)).toEqual({ status: 500, reason: 'deadline.passed' });
      await expect.poll(() => inspect('', hanging), { timeout: 20_000 }).toEqual(FINE);
      // What takes no processor time, as if it had to wait for it, is not held against a picture.
      const isBarred = end === 'LOOP!';
      expect((await inspect(end, hanging)).reason).toBe(isBarred ? 'inspect.barred' : 'deadline.passed');
    },
  );

  it('is not metered', async () => {
    const { id, secret } = await service.createKey();
    const response = await fetch(`${service.url}/v1/inspect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: Buffer.concat([picture, Buffer.from('another EXIT!')]),
    });
    expect(response.status).toBe(500);
    expect(await service.store.usage({ keyId: id })).toEqual([]);
    await recovered();
  });
});

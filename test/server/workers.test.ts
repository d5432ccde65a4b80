/** Workers that fail, hang and die, behind the real service. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { PoolState } from '../../src/server/pool.ts';
import type { ErrorCode } from '../../src/wire/errors.ts';
import { build, startPool } from './build.ts';
import { blank, PORTRAIT } from './pictures.ts';

const WORKER = new URL('./mortal-worker.ts', import.meta.url);
/** Keeps new workers from starting; see `mortal-worker.ts`. */
const NO_MORE = 'LPD_TEST_NO_MORE_WORKERS';
const LIMIT_MS = 2_000;

let service: Awaited<ReturnType<typeof build>>;
let picture: Buffer;

beforeAll(async () => {
  picture = await blank(200, 200);
  // Long limits, since it takes a while to fill a heap.
  const pool = await startPool(afterAll, { workers: 2, limitMs: 25_000, workerUrl: WORKER });
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
  await expect.poll(() => service.pool.state.alive, { timeout: 10_000 }).toBe(2);
  await expect.poll(async () => (await inspect('')).status, { timeout: 10_000 }).toBe(200);
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

  it('is put down when it hangs, and replaced', async () => {
    const pool = await startPool(onTestFinished, { limitMs: LIMIT_MS, workerUrl: WORKER });
    const hanging = await build(onTestFinished, { settings: { deadlineMs: LIMIT_MS }, pool });
    expect(await inspect('LOOP!', hanging)).toEqual({ status: 500, reason: 'deadline.passed' });
    await expect.poll(() => inspect('', hanging), { timeout: 20_000 }).toEqual(FINE);
  });

  it('is not metered', async () => {
    const { id, secret } = await service.createKey();
    const response = await fetch(`${service.url}/v1/inspect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: Buffer.concat([picture, Buffer.from('EXIT!')]),
    });
    expect(response.status).toBe(500);
    expect(await service.store.usage({ keyId: id })).toEqual([]);
    await recovered();
  });
});

describe('InspectPool', () => {
  it('does not start with a worker that cannot', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(startPool(afterAll, { workerUrl: missing })).rejects.toMatchObject({
      code: 'inspect.failed',
    });
  });

  it('tells of workers that went down, and when none is left', async () => {
    const lost: number[] = [];
    const onWorkerLost = ({ alive }: PoolState) => lost.push(alive);
    const pool = await startPool(afterAll, { workerUrl: WORKER, onWorkerLost });
    const { signal } = new AbortController();
    const kill = () => pool.inspect(Buffer.from('EXIT!'), { policy: {}, signal });
    await expect(kill()).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect.poll(() => lost).toEqual([1]);
    // A replacement gets the environment as it is when it starts.
    process.env[NO_MORE] = 'yes';
    onTestFinished(() => {
      delete process.env[NO_MORE];
    });
    await expect(kill()).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect.poll(() => lost.at(-1), { timeout: 10_000 }).toBe(0);
  });

  it('lets inspections end before it closes: a thread ended inside native code would take the process along', async () => {
    const pool = await startPool(onTestFinished, { workers: 2 });
    const { signal } = new AbortController();
    const runs = [1, 2].map(() => pool.inspect(new Uint8Array(PORTRAIT), { policy: {}, signal }));
    await pool.close();
    for (const { inspection } of await Promise.all(runs)) expect(inspection.pass).toBe(true);
  });

  it('transfers the bytes', async () => {
    const bytes = new Uint8Array(PORTRAIT);
    const { signal } = new AbortController();
    const { inspection } = await service.pool.inspect(bytes, { policy: {}, signal });
    expect(inspection.pass).toBe(true);
    expect(bytes.byteLength).toBe(0);
  });

  it('judges as it inspects', async () => {
    const { signal } = new AbortController();
    for (const bytes of [PORTRAIT, picture]) {
      const { inspection } = await service.pool.inspect(new Uint8Array(bytes), { policy: {}, signal });
      const { pass, reason } = inspection;
      const judgement = await service.pool.judge(new Uint8Array(bytes), { policy: {}, signal });
      expect(judgement).toEqual({ pass, reason });
    }
  });

  it('ends an inspection that nobody waits for any more at its next stage', async () => {
    const gone = new AbortController();
    const run = service.pool.inspect(new Uint8Array(PORTRAIT), { policy: {}, signal: gone.signal });
    gone.abort();
    await expect(run).rejects.toMatchObject({ code: 'inspect.aborted' });
    expect(service.pool.state).toMatchObject({ alive: 2, busy: 0 });
  });

  it('gives the same inspection from every worker', async () => {
    const { signal } = new AbortController();
    const ask = () => service.pool.inspect(new Uint8Array(PORTRAIT), { policy: {}, signal });
    const [first, ...rest] = await Promise.all([ask(), ask(), ask(), ask()]);
    for (const other of rest) expect(other).toEqual(first);
  });
});

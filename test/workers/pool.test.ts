/** Inspections in processes: what they give, and what is left when they are lost. */
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { InspectPool } from '../../src/workers/pool.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';
import { startPool } from '../server/build.ts';
import { blank, PORTRAIT } from '../server/pictures.ts';
import { noMoreWorkers } from './no-more-workers.ts';

// Workers take their time to start where other tests run too.
vi.setConfig({ testTimeout: 90_000 });

const WORKER = new URL('./mortal-worker.ts', import.meta.url);
/** Longest wait for a worker to be replaced, in ms. */
const REPLACED = { timeout: 20_000 };

let pool: InspectPool;
const { signal } = new AbortController();
const wish = { policy: {}, signal };

beforeAll(async () => {
  pool = await startPool(afterAll, { workers: 2 });
});

describe('a pool', () => {
  it('leaves the bytes as they are', async () => {
    const bytes = new Uint8Array(PORTRAIT);
    const { inspection } = await pool.inspect(bytes, wish);
    expect(inspection.pass).toBe(true);
    expect(Buffer.from(bytes).equals(PORTRAIT)).toBe(true);
  });

  it('judges as it inspects', async () => {
    for (const bytes of [PORTRAIT, await blank(200, 200)]) {
      const { inspection } = await pool.inspect(bytes, wish);
      const { pass, reason } = inspection;
      expect(await pool.judge(bytes, wish)).toEqual({ pass, reason });
    }
  });

  it('draws what was found', async () => {
    const { annotated } = await pool.inspect(PORTRAIT, { ...wish, annotated: 'png' });
    expect(
      Buffer.from(annotated ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('ends an inspection that nobody waits for any more at its next stage', async () => {
    const gone = new AbortController();
    const run = pool.inspect(PORTRAIT, { policy: {}, signal: gone.signal });
    gone.abort();
    await expect(run).rejects.toMatchObject({ code: 'inspect.aborted' });
    expect(pool.state).toMatchObject({ alive: 2, busy: 0 });
  });

  it('gives the same inspection from every worker', async () => {
    const ask = () => pool.inspect(PORTRAIT, wish);
    const [first, ...rest] = await Promise.all([ask(), ask(), ask(), ask()]);
    for (const other of rest) expect(other).toEqual(first);
  });

  it('lets inspections end before it closes', async () => {
    const closing = await startPool(onTestFinished, { workers: 2 });
    const runs = [1, 2].map(() => closing.inspect(PORTRAIT, wish));
    await closing.close();
    for (const { inspection } of await Promise.all(runs)) expect(inspection.pass).toBe(true);
    await expect(closing.inspect(PORTRAIT, wish)).rejects.toMatchObject({ code: 'inspect.aborted' });
  });

  it('works with its first worker, and starts the others when it is told to', async () => {
    let goOn = () => {};
    const growing = new InspectPool({
      workers: 3,
      policy: {},
      probe: PORTRAIT,
      execArgv: EXEC_ARGV,
      limitMs: 10_000,
      cpuMs: 10_000,
      othersAfter: new Promise<void>((resolve) => {
        goOn = resolve;
      }),
    });
    onTestFinished(() => growing.close());
    await growing.readyForOne();
    expect(growing.state).toMatchObject({ wanted: 3, alive: 1 });
    const { inspection } = await growing.inspect(PORTRAIT, wish);
    expect(inspection.pass).toBe(true);
    expect(growing.state.alive).toBe(1);
    goOn();
    await growing.ready();
    expect(growing.state.alive).toBe(3);
  });

  it('starts no second worker once it is closed', async () => {
    const starts: string[] = [];
    const closing = new InspectPool({
      workers: 2,
      policy: {},
      workerUrl: new URL('./no-such-worker.ts', import.meta.url),
      execArgv: EXEC_ARGV,
      limitMs: 10_000,
      cpuMs: 10_000,
      othersAfter: Promise.resolve(),
      onWorkerLost: (why) => starts.push(why),
    });
    await expect(closing.readyForOne()).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect(closing.ready()).rejects.toMatchObject({ code: 'inspect.failed' });
    expect(starts.length).toBeLessThanOrEqual(1);
  });

  it('does not start with a worker that cannot', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(startPool(afterAll, { workerUrl: missing })).rejects.toMatchObject({
      code: 'inspect.failed',
      message: expect.stringContaining('no-such-worker'),
    });
  });
});

describe('lost workers', () => {
  it('are told of with why, and when none can be started any more', async () => {
    const lost: string[] = [];
    let isExtinct = false;
    const mortal = await startPool(onTestFinished, {
      workerUrl: WORKER,
      onWorkerLost: (why) => lost.push(why),
      onExtinct: () => {
        isExtinct = true;
      },
    });
    const kill = (no: number) => mortal.inspect(Buffer.from(`${no} EXIT!`), wish);
    await expect(kill(1)).rejects.toMatchObject({ code: 'inspect.failed' });
    expect(lost).toEqual(['it ended with 7']);
    expect(mortal.state.alive).toBe(1);
    const file = noMoreWorkers(process.pid);
    writeFileSync(file, '');
    onTestFinished(() => rmSync(file));
    await expect(kill(2)).rejects.toMatchObject({ code: 'inspect.failed' });
    expect(mortal.state.alive).toBe(0);
    await expect(mortal.inspect(PORTRAIT, wish)).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect.poll(() => isExtinct, { timeout: 60_000 }).toBe(true);
    expect(lost.at(-1)).toContain('no more workers');
  });

  it('are held against the key whose pictures did it, and against those pictures', async () => {
    const mortal = await startPool(onTestFinished, { workers: 3, spare: 1, workerUrl: WORKER });
    const ask = (text: string, share: string) => mortal.inspect(Buffer.from(text), { ...wish, share });
    expect(mortal.placesFor('bad')).toBe(3);
    await expect(ask('1 EXIT!', 'bad')).rejects.toMatchObject({ code: 'inspect.failed' });
    expect([mortal.placesFor('bad'), mortal.placesFor('good')]).toEqual([2, 3]);
    // Of the same length, and barred only where it is the same.
    await expect(ask('1 EXIT!', 'other')).rejects.toMatchObject({ code: 'inspect.barred' });
    await expect(ask('2 EXIT!', 'bad')).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect(ask('3 EXIT!', 'bad')).rejects.toMatchObject({ code: 'inspect.failed' });
    await expect(ask('4 EXIT!', 'bad')).rejects.toMatchObject({ code: 'inspect.failed' });
    expect(mortal.placesFor('bad'), 'never none').toBe(1);
    await expect.poll(() => mortal.state.alive, REPLACED).toBe(4);
  });

  it('count as stuck after a while, and not as alive', async () => {
    const mortal = await startPool(onTestFinished, { workers: 2, workerUrl: WORKER, limitMs: 4_000 });
    const stuck = mortal.inspect(Buffer.from('WAIT!'), wish);
    stuck.catch(() => undefined);
    await expect.poll(() => mortal.state).toMatchObject({ wanted: 2, alive: 2, busy: 1, stuck: 0 });
    await expect.poll(() => mortal.state, REPLACED).toMatchObject({ alive: 1, busy: 1, stuck: 1 });
    await expect(stuck).rejects.toMatchObject({ code: 'deadline.passed' });
    await expect.poll(() => mortal.state, REPLACED).toMatchObject({ alive: 2, busy: 0, stuck: 0 });
  });

  it('are killed when the pool is closed', async () => {
    const mortal = await startPool(onTestFinished, { workerUrl: WORKER });
    const stuck = mortal.inspect(Buffer.from('LOOP!'), wish);
    stuck.catch(() => undefined);
    const begun = performance.now();
    await mortal.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    await expect(stuck).rejects.toMatchObject({ code: 'inspect.failed' });
  });
});

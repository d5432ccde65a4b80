/** The work on jobs: what is tried again, what is not, how many at once, and what happens to it at the end. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Inspection } from '../../src/core/inspection.ts';
import { DetectError, relayed } from '../../src/errors.ts';
import { Hosts } from '../../src/jobs/hosts.ts';
import { PostgresJobs } from '../../src/jobs/postgres.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { openSqliteJobs } from '../../src/jobs/sqlite.ts';
import type { JobStore } from '../../src/jobs/store.ts';
import type { Inspect } from '../../src/jobs/turn.ts';
import { newKey } from '../../src/store/new-key.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { CAN_CONNECT, HOW_TO_GET } from '../postgres.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { openDatabase } from './fleet.ts';
import { HOLD_MS } from './suite-tools.ts';

const INSPECTION: Inspection = {
  image: {
    format: 'png',
    width: 1,
    height: 1,
    orientation: 1,
    animated: false,
    bytes: 1,
    uprightWidth: 1,
    uprightHeight: 1,
    missingBytes: 0,
  },
  faces: [],
  subject: null,
  checks: [],
  pass: true,
  reason: null,
  crop: null,
  quality: null,
};

async function openEmbedded() {
  const file = join(await temporaryDirectory(), 'test.db');
  const store = await openSqlite({ file });
  onTestFinished(() => store.close());
  const jobs = await openSqliteJobs({ file, reserve: (key) => store.reserve(key), holdMs: HOLD_MS });
  onTestFinished(() => jobs.close());
  return { store, jobs };
}

async function openShared() {
  const { store, boss } = await openDatabase();
  return { store, jobs: new PostgresJobs(store.database, boss, HOLD_MS) };
}

/** A store of jobs that does some things in another way. */
function instead(jobs: JobStore, others: Partial<JobStore>): JobStore {
  return new Proxy(jobs, {
    get: (_, name: keyof JobStore) => others[name] ?? jobs[name].bind(jobs),
  });
}

async function setUp(opened: { store: Store; jobs: JobStore }, inspect: Inspect, turnMs = 10_000) {
  const { store, jobs } = opened;
  const troubles: unknown[] = [];
  const open = () => {
    const runner = new Runner({
      jobs,
      inspect,
      hosts: new Hosts(2),
      deliver: async () => undefined,
      lanes: 4,
      onTrouble: (error) => troubles.push(error),
      retryDelaysMs: [1, 1],
      turnMs,
    });
    runner.start();
    return runner;
  };
  const runner = open();
  onTestFinished(() => runner.stop());
  const send = async (urls: readonly string[], keyId?: string) => {
    const key = keyId ?? (await store.createKey(newKey({ name: randomUUID() }).key)).id;
    const id = randomUUID();
    await jobs.create({ id, keyId: key, webhook: null, secret: null });
    await jobs.append(
      id,
      urls.map((url) => ({ url, name: null })),
    );
    await jobs.open(id);
    runner.wake();
    const ended = async () => {
      await expect.poll(async () => (await jobs.find(id, key))?.state, { timeout: 10_000 }).toBe('done');
      return await jobs.results(id, 0, 1000);
    };
    return { id, key, ended };
  };
  return { store, jobs, runner, open, send, troubles };
}

describe.each([
  { name: 'the embedded database', open: openEmbedded, isThere: true },
  { name: CAN_CONNECT ? 'PostgreSQL' : HOW_TO_GET, open: openShared, isThere: CAN_CONNECT },
])('with $name', ({ open, isThere }) => {
  it.runIf(isThere)('tries again what may pass, and nothing else', async () => {
    const tries = new Map<string, number>();
    const errors: Record<string, DetectError> = {
      'http://a/slow': new DetectError('download.timeout'),
      'http://a/503': new DetectError('download.http_status', relayed('It answered 503.'), {
        cause: { status: 503 },
      }),
      'http://a/404': new DetectError('download.http_status', relayed('It answered 404.'), {
        cause: { status: 404 },
      }),
      'http://a/broken': new DetectError('image.corrupt'),
    };
    const { send, troubles } = await setUp(await open(), async (url) => {
      const count = (tries.get(url) ?? 0) + 1;
      tries.set(url, count);
      if (url === 'http://a/second' && count < 2) throw new DetectError('download.cut_off');
      const error = errors[url];
      if (error) throw error;
      return INSPECTION;
    });
    const { ended } = await send([...Object.keys(errors), 'http://a/second', 'http://a/good']);
    const results = Object.fromEntries((await ended()).map(({ url, result }) => [url, result]));
    expect(Object.fromEntries(tries)).toEqual({
      'http://a/slow': 3,
      'http://a/503': 3,
      'http://a/404': 1,
      'http://a/broken': 1,
      'http://a/second': 2,
      'http://a/good': 1,
    });
    expect(results['http://a/503']).toEqual({
      error: { code: 'download.http_status', message: relayed('It answered 503.') },
    });
    expect(results['http://a/second']).toMatchObject({ pass: true });
    expect(troubles).toEqual([]);
  });

  it.runIf(isThere)('waits for room, and takes that for no attempt', async () => {
    let refusals = 5;
    const { send } = await setUp(await open(), async () => {
      if (refusals-- > 0) throw new DetectError('overload.queue');
      return INSPECTION;
    });
    const { ended } = await send(['http://a/1', 'http://a/2']);
    expect((await ended()).every(({ result }) => 'pass' in result)).toBe(true);
  });

  it.runIf(isThere)('visits a host only so often at once, and others meanwhile', async () => {
    const busy = new Map<string, number>();
    let most = 0;
    let mostTogether = 0;
    const { send } = await setUp(await open(), async (url) => {
      const { hostname } = new URL(url);
      busy.set(hostname, (busy.get(hostname) ?? 0) + 1);
      most = Math.max(most, ...busy.values());
      mostTogether = Math.max(
        mostTogether,
        [...busy.values()].reduce((a, b) => a + b),
      );
      await sleep(10);
      busy.set(hostname, (busy.get(hostname) ?? 0) - 1);
      return INSPECTION;
    });
    const { ended } = await send(Array.from({ length: 40 }, (_, i) => `http://${'ab'[i % 2]}/${i}`));
    expect(await ended()).toHaveLength(40);
    expect([most, mostTogether]).toEqual([2, 4]);
  });

  it.runIf(isThere)('leaves room for others, however slow the pictures of one key are', async () => {
    const { send } = await setUp(await open(), async (url, { signal }) => {
      if (url.startsWith('http://tar')) await sleep(60_000, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
      return INSPECTION;
    });
    await send(Array.from({ length: 500 }, (_, i) => `http://tar${i}/`));
    await sleep(100);
    const { ended } = await send(['http://quick/']);
    expect(await ended()).toHaveLength(1);
  });

  it.runIf(isThere)(
    'puts back what it has under way when it is stopped, for the next one to go on at once',
    async () => {
      let isHeld = true;
      const {
        send,
        runner,
        open: next,
      } = await setUp(await open(), async (_, { signal }) => {
        if (isHeld) await sleep(60_000, undefined, { signal }).catch(() => undefined);
        signal.throwIfAborted();
        return INSPECTION;
      });
      const { ended } = await send(Array.from({ length: 40 }, (_, i) => `http://a/${i}`));
      await sleep(200);
      await runner.stop();
      isHeld = false;
      const after = next();
      onTestFinished(() => after.stop());
      const results = await ended();
      expect(results).toHaveLength(40);
      expect(results.every(({ result }) => 'pass' in result)).toBe(true);
    },
  );

  it.runIf(isThere)(
    'finishes a batch when it can be finished, and tells once that it could not',
    async () => {
      const { store, jobs } = await open();
      let failures = 2;
      let finished = 0;
      const failing = instead(jobs, {
        finish: async (batch) => {
          if (failures-- > 0) throw new DetectError('store.unavailable');
          await jobs.finish(batch);
          finished++;
        },
      });
      const { send, troubles } = await setUp({ store, jobs: failing }, async () => INSPECTION);
      const { ended } = await send(['http://a/1']);
      await ended();
      await expect.poll(() => finished, { timeout: 5_000 }).toBe(1);
      expect(troubles).toMatchObject([{ code: 'store.unavailable' }]);
    },
  );

  it.runIf(isThere)('puts back what it was just taking up when it is stopped', async () => {
    const { store, jobs } = await open();
    let taking: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      taking = resolve;
    });
    const slow = instead(jobs, {
      claim: async (except) => {
        const batch = await jobs.claim(except);
        if (batch !== undefined) {
          taking();
          await sleep(100);
        }
        return batch;
      },
    });
    const { runner, send } = await setUp({ store, jobs: slow }, async () => INSPECTION);
    await send(['http://a/1']);
    await taken;
    await runner.stop();
    expect(await jobs.claim([])).toMatchObject({ claims: 1, attempt: 0, items: [{ no: 1 }] });
  });

  it.runIf(isThere)(
    'puts back what it could not begin in its turn, and takes that for no attempt',
    async () => {
      const tries = new Map<string, number>();
      const { send, troubles } = await setUp(
        await open(),
        async (url) => {
          tries.set(url, (tries.get(url) ?? 0) + 1);
          await sleep(100);
          if (url.endsWith('/3')) throw new DetectError('download.timeout');
          return INSPECTION;
        },
        50,
      );
      const { ended } = await send(Array.from({ length: 30 }, (_, i) => `http://host${i}/${i}`));
      const results = await ended();
      expect(results.filter(({ result }) => 'pass' in result)).toHaveLength(29);
      expect(new Set(results.map(({ no }) => no)).size).toBe(30);
      expect([...tries.values()].sort()).toEqual([...Array.from({ length: 29 }, () => 1), 3]);
      expect(troubles).toEqual([]);
    },
  );
});

/**
 * Jobs and the death of processes: a service of its own, and a fleet on PostgreSQL. Both wait, idle, until what the dead one
 * held comes free, so they do it at the same time.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { it, type TestContext, vi } from 'vitest';
import { run } from '../cli/run.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { client, type ResultRow } from './build.ts';
import { counted, KEY, LISTENS, start } from './processes.ts';

// Processes take their time to start where other tests run too, and what they leave behind takes some to come free.
vi.setConfig({ testTimeout: 180_000 });

const ITEMS = 300;
/**
 * The longest that an item may take: what a dead process held comes free that much sooner. An item takes 0.1 s, and whatever
 * a busy machine makes too late is tried again.
 */
const DEADLINE = { LPD_DEADLINE_MS: '3000' };

type Test = Pick<TestContext, 'expect' | 'onTestFinished'>;

/** Pictures that take a moment, how often each was asked for, and how a test starts processes. */
async function setUp({ onTestFinished }: Test) {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-process-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const asked = new Map<string, number>();
  const url = await serve(onTestFinished, (request, response) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    void sleep(50).then(() => response.end(PORTRAIT));
  });
  return {
    dataDir,
    list: Array.from({ length: ITEMS }, (_, i) => `${url}/${i}`).join('\n'),
    asked,
    begin: (args: string[], env: NodeJS.ProcessEnv) => start(args, { ...DEADLINE, ...env }, onTestFinished),
  };
}

function expectEachOnce(rows: readonly ResultRow[], { expect }: Test) {
  expect(rows).toHaveLength(ITEMS);
  expect(new Set(rows.map(({ item }) => item)).size).toBe(ITEMS);
  expect(rows.every(({ pass }) => pass)).toBe(true);
}

it.concurrent('a kill -9 in the middle of a job costs no item and counts none twice, and "submit" goes on', async (test) => {
  const { expect } = test;
  const { dataDir, list, asked, begin } = await setUp(test);
  await writeFile(join(dataDir, 'list.txt'), list);
  const env = { LPD_DATA_DIR: dataDir };
  const first = begin(['serve', '--port', '0'], env);
  const url = await first.says(LISTENS);

  const out = join(dataDir, 'results.ndjson');
  const submitted = run(['submit', join(dataDir, 'list.txt'), '--server', url, '-o', out], {
    env: { LPD_API_KEY: KEY },
  });
  await expect.poll(() => asked.size, { timeout: 30_000 }).toBeGreaterThan(60);
  await first.kill();
  const second = begin(['serve', '--port', new URL(url).port], env);
  await second.says(LISTENS);

  const { code, err } = await submitted;
  expect([code, err]).toEqual([0, expect.stringContaining(`${ITEMS} pass, 0 fail, 0 could not`)]);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expectEachOnce(
    lines.map((line) => JSON.parse(line)),
    test,
  );
  expect(await counted({ dataDir })).toBe(ITEMS);
});

it.concurrent(CAN_CONNECT ? 'a fleet shares a job, and takes over what a killed worker held' : HOW_TO_GET, {
  skip: !CAN_CONNECT,
}, async (test) => {
  const { expect, onTestFinished } = test;
  const { dataDir, list, asked, begin } = await setUp(test);
  const { url: databaseUrl, remove } = await createDatabase(await sharedServer());
  onTestFinished(remove);
  const env = { LPD_DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
  const service = begin(['serve', '--port', '0'], env);
  const worker = begin(['worker'], { ...env, LPD_DATA_DIR: join(dataDir, 'worker') });
  const [url] = await Promise.all([service.says(LISTENS), worker.says(/(working)/)]);

  const api = client(url, KEY);
  const job = await api.create(list);
  await expect.poll(() => asked.size, { timeout: 30_000 }).toBeGreaterThan(60);
  await worker.kill();
  const rows: ResultRow[] = [];
  while (rows.length < ITEMS) {
    rows.push(...(await api.results(job.id, `?after=${rows.at(-1)?.cursor ?? 0}&wait=20`)));
  }
  expectEachOnce(rows, test);
  expect(await api.read(`/${job.id}`)).toMatchObject({ state: 'done', pass: ITEMS });
  expect(await counted({ dataDir, databaseUrl })).toBe(ITEMS);
});

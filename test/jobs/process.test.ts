/** Jobs and the death of processes: a service of its own, and a fleet on PostgreSQL. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { run } from '../cli/run.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { client, type ResultRow } from './build.ts';
import { counted, KEY, LISTENS, start } from './processes.ts';

// Processes take their time to start where other tests run too, and what they leave behind takes some to come free.
vi.setConfig({ testTimeout: 120_000 });

const ITEMS = 300;

/** Pictures that take a moment, and how often each was asked for. */
async function slowPictures() {
  const asked = new Map<string, number>();
  const url = await serve(onTestFinished, (request, response) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    void sleep(50).then(() => response.end(PORTRAIT));
  });
  return { list: Array.from({ length: ITEMS }, (_, i) => `${url}/${i}`).join('\n'), asked };
}

function expectEachOnce(rows: readonly ResultRow[]) {
  expect(rows).toHaveLength(ITEMS);
  expect(new Set(rows.map(({ item }) => item)).size).toBe(ITEMS);
  expect(rows.every(({ pass }) => pass)).toBe(true);
}

it('a kill -9 in the middle of a job costs no item and counts none twice, and "submit" goes on', async () => {
  const dataDir = await temporaryDirectory();
  const { list, asked } = await slowPictures();
  await writeFile(join(dataDir, 'list.txt'), list);
  const env = { LPD_DATA_DIR: dataDir };
  const first = start(['serve', '--port', '0'], env);
  const url = await first.says(LISTENS);

  const out = join(dataDir, 'results.ndjson');
  const submitted = run(['submit', join(dataDir, 'list.txt'), '--server', url, '-o', out], {
    env: { LPD_API_KEY: KEY },
  });
  await expect.poll(() => asked.size, { timeout: 30_000 }).toBeGreaterThan(60);
  await first.kill();
  const second = start(['serve', '--port', new URL(url).port], env);
  await second.says(LISTENS);

  const { code, err } = await submitted;
  expect([code, err]).toEqual([0, expect.stringContaining(`${ITEMS} pass, 0 fail, 0 could not`)]);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expectEachOnce(lines.map((line) => JSON.parse(line)));
  expect(await counted({ dataDir })).toBe(ITEMS);
});

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'a fleet on PostgreSQL' : HOW_TO_GET, () => {
  it('shares a job, and takes over what a killed worker held', async () => {
    const { url: databaseUrl, remove } = await createDatabase(await sharedServer());
    onTestFinished(remove);
    const dataDir = await temporaryDirectory();
    const { list, asked } = await slowPictures();
    const env = { LPD_DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
    const service = start(['serve', '--port', '0'], env);
    const url = await service.says(LISTENS);
    const worker = start(['worker'], { ...env, LPD_DATA_DIR: join(dataDir, 'worker') });
    await worker.says(/(working)/);

    const api = client(url, KEY);
    const job = await api.create(list);
    await expect.poll(() => asked.size, { timeout: 30_000 }).toBeGreaterThan(60);
    await worker.kill();
    const rows: ResultRow[] = [];
    while (rows.length < ITEMS) {
      rows.push(...(await api.results(job.id, `?after=${rows.at(-1)?.cursor ?? 0}&wait=20`)));
    }
    expectEachOnce(rows);
    expect(await api.read(`/${job.id}`)).toMatchObject({ state: 'done', pass: ITEMS });
    expect(await counted({ dataDir, databaseUrl })).toBe(ITEMS);
  });
});

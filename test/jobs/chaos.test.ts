/**
 * The worst that a fleet sees, all at once: a worker killed every few seconds, a replica restarted, and the database
 * stopped for 20 s, in the middle of one job. It takes minutes, so it is run by hand or by night:
 * `LPD_TEST_CHAOS_ITEMS=20000 npx vitest run test/jobs/chaos.test.ts`.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { CAN_START, startCluster } from '../postgres.ts';
import { serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { client, type ResultRow } from './build.ts';
import { counted, KEY, LISTENS, start } from './processes.ts';

const ITEMS = Number(process.env.LPD_TEST_CHAOS_ITEMS ?? 0);
const KILL_EVERY_MS = 5_000;
const AWAY_MS = 20_000;

it.skipIf(ITEMS === 0 || !CAN_START)(
  'gives every item exactly one result, and counts as many',
  async () => {
    const cluster = await startCluster();
    onTestFinished(() => cluster.remove());
    const pictures = await serve(onTestFinished, (_, response) => response.end(PORTRAIT));
    const dataDir = await temporaryDirectory();
    const env = { DATABASE_URL: cluster.url };
    const replica = (name: string, port = '0') =>
      start(['serve', '--port', port], { ...env, LPD_DATA_DIR: join(dataDir, name) });
    const first = replica('a');
    const url = await first.says(LISTENS);
    const second = replica('b');
    const other = await second.says(LISTENS);
    const job = await client(url, KEY).create(
      Array.from({ length: ITEMS }, (_, i) => `${pictures}/${i}`).join('\n'),
    );

    let isOver = false;
    const killing = (async () => {
      for (let i = 0; !isOver; i++) {
        const worker = start(['worker'], { ...env, LPD_DATA_DIR: join(dataDir, `worker${i % 2}`) });
        await worker.says(/(working)/);
        await sleep(KILL_EVERY_MS);
        await worker.kill();
      }
    })();
    const answered = async () => Number((await client(other, KEY).read(`/${job.id}`)).answered ?? 0);
    await expect.poll(answered, { timeout: 120_000, interval: 500 }).toBeGreaterThan(ITEMS / 10);
    await cluster.stop();
    await sleep(AWAY_MS);
    await cluster.start();
    await first.kill();
    await replica('a', new URL(url).port).says(LISTENS);

    const rows: ResultRow[] = [];
    while (rows.length < ITEMS) {
      rows.push(...(await client(url, KEY).results(job.id, `?after=${rows.at(-1)?.cursor ?? 0}&wait=10`)));
    }
    isOver = true;
    await killing;
    expect(new Set(rows.map(({ item }) => item)).size).toBe(ITEMS);
    expect(rows.map(({ cursor }) => cursor)).toEqual(Array.from({ length: ITEMS }, (_, i) => i + 1));
    expect(await client(url, KEY).read(`/${job.id}`)).toMatchObject({ state: 'done', pass: ITEMS });
    expect(await counted({ dataDir, databaseUrl: cluster.url })).toBe(ITEMS);
  },
  60 * 60_000,
);

/**
 * The worst that a fleet sees, all at once: three replicas and two workers at one job, each worker killed every few seconds,
 * a replica restarted, and the database stopped. `LPD_TEST_CHAOS_ITEMS=20000 npx vitest run test/jobs/chaos.test.ts` does it with
 * a large job and a database that stays away for longer; it takes some minutes.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { admin, CAN_START, HOW_TO_GET, startCluster } from '../postgres.ts';
import { serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { client, type ResultRow } from './build.ts';
import { counted, KEY, LISTENS, start } from './processes.ts';

const FULL = Number(process.env.LPD_TEST_CHAOS_ITEMS ?? 0);
const ITEMS = FULL || 1_000;
const AWAY_MS = FULL ? 20_000 : 5_000;
/** Longest wait for what has to come, in ms: what a worker died over comes free after half of it. */
const PATIENCE = { timeout: 60_000 };
const KILL_EVERY_MS = FULL ? 5_000 : 3_000;
/** How long a picture's server takes, in ms: a job shall not be over before the trouble begins. */
const PICTURE_MS = 200;
const SMALL_JOB = 5;
/** Among the usual tests deaths end with the trouble, and what they held comes free sooner: that is most of the time. */
const SHORT = FULL ? {} : { LPD_DEADLINE_MS: '4000' };
/** How often each worker is killed at least. */
const LEAST_KILLS = 3;

describe.skipIf(!CAN_START)(CAN_START ? 'a fleet in trouble' : HOW_TO_GET, () => {
  it(
    'gives every item exactly one result, counts as many, and loses nothing that it accepted',
    async () => {
      const begun = performance.now();
      const cluster = await startCluster();
      onTestFinished(() => cluster.remove());
      const pictures = await serve(onTestFinished, (_, response) => {
        void sleep(PICTURE_MS).then(() => response.end(PORTRAIT));
      });
      const dataDir = await temporaryDirectory();
      const env = { DATABASE_URL: cluster.url, ...SHORT };
      const replica = (name: string, port = '0') =>
        start(['serve', '--port', port], { ...env, LPD_DATA_DIR: join(dataDir, name) });
      const replicas = ['a', 'b', 'c'].map((name) => replica(name));
      const [url = '', ...others] = await Promise.all(replicas.map(({ says }) => says(LISTENS)));

      const keys = await makeKeys(cluster.url, ['requests', 'small jobs']);
      let isOver = false;
      let isCalm = false;
      const load = [inspecting, submitting].map((work, at) =>
        work({ urls: others, pictures, secret: keys[at]!.secret, isOver: () => isOver }),
      );
      const killing = ['d', 'e'].map(async (name) => {
        let kills = 0;
        for (; !isOver && !(isCalm && kills >= LEAST_KILLS); kills++) {
          const worker = start(['worker'], { ...env, LPD_DATA_DIR: join(dataDir, name) });
          await worker.says(/(working)/);
          await sleep(KILL_EVERY_MS);
          await worker.kill();
        }
        return kills;
      });

      const list = Array.from({ length: ITEMS }, (_, i) => `${pictures}/${i}`).join('\n');
      const api = client(url, KEY);
      const job = await api.create(list);
      const answered = async () => Number((await api.read(`/${job.id}`)).answered ?? 0);
      await expect.poll(answered, { timeout: 300_000, interval: 500 }).toBeGreaterThan(ITEMS / 10);
      await cluster.stop();
      await sleep(AWAY_MS);
      await cluster.start();
      await replicas[0]!.stop();
      await replica('a', new URL(url).port).says(LISTENS);
      isCalm = FULL === 0;

      const rows: ResultRow[] = [];
      while (rows.length < ITEMS) {
        rows.push(...(await api.results(job.id, `?after=${rows.at(-1)?.cursor ?? 0}&wait=10`)));
      }
      isOver = true;
      const kills = (await Promise.all(killing)).reduce((sum, count) => sum + count);
      const [inspected = [], submitted = []] = await Promise.all(load);

      expect(kills).toBeGreaterThanOrEqual(2 * LEAST_KILLS);
      expect(new Set(rows.map(({ item }) => item)).size).toBe(ITEMS);
      expect(rows.map(({ cursor }) => cursor)).toEqual(Array.from({ length: ITEMS }, (_, i) => i + 1));
      expect(await api.read(`/${job.id}`)).toMatchObject({ state: 'done', pass: ITEMS });
      const inBooks = (keyId: string) => counted({ dataDir, databaseUrl: cluster.url }, keyId);
      const [requests, small] = keys;
      // What was answered while the database was away is in the books once the spools are.
      await expect.poll(() => inBooks(requests!.id), PATIENCE).toBe(inspected.length);
      const smallApi = client(others[0]!, small!.secret);
      for (const id of submitted) {
        const own = () => smallApi.read(`/${id}`);
        await expect.poll(own, PATIENCE).toMatchObject({ state: 'done', pass: SMALL_JOB });
      }
      const inQueue = () => admin(cluster.url, 'SELECT FROM lpd_boss.job');
      await expect.poll(inQueue, PATIENCE).toEqual([]);
      // One whose sender was told of an error may exist all the same: what was worked on is counted, no more and no less.
      const [all] = await admin<{ count: number }>(
        cluster.url,
        `SELECT sum(answered)::integer AS count FROM lpd.jobs WHERE key_id = '${small!.id}'`,
      );
      await expect.poll(() => inBooks(small!.id), PATIENCE).toBe(all?.count);
      expect(await counted({ dataDir, databaseUrl: cluster.url })).toBe(
        ITEMS + inspected.length + (all?.count ?? 0),
      );
      process.stderr.write(
        `chaos: ${ITEMS} items, ${kills} kills, database away ${AWAY_MS} ms, ${inspected.length} requests, ` +
          `${submitted.length} small jobs: ${Math.round((performance.now() - begun) / 1_000)} s\n`,
      );
    },
    60 * 60_000,
  );
});

interface Load {
  readonly urls: readonly string[];
  readonly pictures: string;
  readonly secret: string;
  readonly isOver: () => boolean;
}

/** Sends pictures, one after another; gives what was answered with a verdict. */
async function inspecting({ urls, secret, isOver }: Load): Promise<string[]> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'image/jpeg' };
  const accepted: string[] = [];
  for (let i = 0; !isOver(); i++, await sleep(100)) {
    const url = urls[i % urls.length];
    const response = await fetch(`${url}/v1/inspect`, { method: 'POST', headers, body: PORTRAIT });
    if (response.status === 200) accepted.push(await response.text());
    else await response.text();
  }
  return accepted;
}

/** Makes small jobs, one after another; gives the ids of those that were accepted. */
async function submitting({ urls, pictures, secret, isOver }: Load): Promise<string[]> {
  const accepted: string[] = [];
  for (let i = 0; !isOver(); i++, await sleep(1_000)) {
    const list = Array.from({ length: SMALL_JOB }, (_, at) => `${pictures}/small/${i}/${at}`).join('\n');
    const { id } = await client(urls[i % urls.length]!, secret).create(list);
    if (typeof id === 'string') accepted.push(id);
  }
  return accepted;
}

async function makeKeys(databaseUrl: string, names: readonly string[]) {
  const store = await openStore({ dataDir: '', databaseUrl });
  const made = names.map((name) => newKey({ name, qps: 1_000 }));
  const keys = await Promise.all(
    made.map(async ({ key, secret }) => ({ secret, id: (await store.createKey(key)).id })),
  );
  await store.close();
  return keys;
}

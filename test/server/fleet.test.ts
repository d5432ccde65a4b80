/** Several servers on one PostgreSQL: when it is stopped under load, and what their callers share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { admin, CAN_CONNECT, CAN_START, HOW_TO_GET, startCluster } from '../postgres.ts';
import { emptyDatabase } from '../store/postgres/set-up.ts';
import { serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';
import { ask, detect, KEY, makeFolder, start } from './process.ts';

const CLIENTS = 4;
/** Longest wait for what has to come, in ms: much more than it takes, so that a busy machine's time is no fault. */
const PATIENCE = { timeout: 60_000 };
/** For a whole test, in ms: most of it is starting servers; beside eight busy loops on two cores it took 50 s, of 15 without. */
const TEST = { timeout: 300_000 };
/** How many answers a round of the load is. */
const ROUND = 12;
/** What the clock may add to a round's time, in ms: less than a wait for the database takes. */
const ALLOWANCE_MS = 1_500;

it.skipIf(!CAN_START)(
  CAN_START ? 'loses no answer and no count while the database is away and a server dies' : HOW_TO_GET,
  TEST,
  async () => {
    const cluster = await startCluster();
    onTestFinished(() => cluster.remove());
    const store = await openStore({ dataDir: makeFolder(), databaseUrl: cluster.url });
    await store.createKey(newKey({ name: 'load', qps: 1_000 }, KEY).key);
    const folders = [makeFolder(), makeFolder()];
    const begin = (folder = '') => start(folder, { DATABASE_URL: cluster.url, LPD_METRICS_PORT: '0' });
    const [first, second] = [await begin(folders[0]), await begin(folders[1])];
    const readiness = async (url: string) => {
      const answer = await fetch(`${url}/readyz`);
      return [answer.status, ((await answer.json()) as { store: string }).store];
    };
    const metricsUrl = /"metrics":"([^"]+)"/.exec(first.text())?.[1] ?? '';
    const metric = async (name: string) => {
      const text = await (await fetch(metricsUrl)).text();
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length),
      );
    };
    expect(await readiness(first.url)).toEqual([200, 'ready']);
    expect(await metric('lpd_store_state{state="ready"}')).toBe(1);
    expect(await metric('lpd_store_away_seconds')).toBe(0);

    const images = await serve(onTestFinished, (_request, response) => response.end(PORTRAIT));
    const seen = { 200: 0, refused: 0, cut: 0 };
    let on = true;
    const client = async (at: number) => {
      const { url, child } = at % 2 === 0 ? first : second;
      while (on && child.signalCode === null) {
        const answer = await detect(url, images).catch(() => undefined);
        const body = await answer?.text().catch(() => undefined);
        if (body === undefined) seen.cut++;
        else if (answer?.status === 200) seen[200]++;
        else seen.refused++;
      }
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, (_, at) => client(at)));
    /** How long the next answers take, in ms. */
    const takeRound = async () => {
      const [begun, goal] = [performance.now(), seen[200] + ROUND];
      await expect.poll(() => seen[200], PATIENCE).toBeGreaterThanOrEqual(goal);
      return performance.now() - begun;
    };
    // The first answers come from code that is not warm.
    await takeRound();
    const usualMs = await takeRound();
    await cluster.stop();
    for (const { url } of [first, second])
      await expect.poll(() => readiness(url), PATIENCE).toEqual([200, 'away']);
    // Against this machine's own pace: nobody waits for the database.
    expect(await takeRound()).toBeLessThan(3 * usualMs + ALLOWANCE_MS);
    expect(await metric('lpd_store_state{state="ready"}')).toBe(0);
    expect(await metric('lpd_store_state{state="away"}')).toBe(1);
    await expect.poll(() => metric('lpd_store_away_seconds'), PATIENCE).toBeGreaterThan(1);
    expect(await metric('lpd_spool_groups')).toBeGreaterThan(0);
    await second.end('SIGKILL');
    await cluster.start();
    await expect.poll(() => readiness(first.url), PATIENCE).toEqual([200, 'ready']);
    await expect.poll(() => metric('lpd_spool_groups'), PATIENCE).toBe(0);
    on = false;
    await clients;
    await begin(folders[1]);

    // A store without a watch, as commands open it, does not come back by itself: another one reads the books.
    const books = await openStore({ dataDir: makeFolder(), databaseUrl: cluster.url });
    onTestFinished(() => books.close());
    const counted = async () => (await books.usage()).reduce((sum, { count }) => sum + count, 0);
    // What was cut off by the kill may have been counted: see the meter on this window.
    await expect.poll(counted, PATIENCE).toBeGreaterThanOrEqual(seen[200]);
    await sleep(500);
    expect(await counted()).toBeLessThanOrEqual(seen[200] + seen.cut);
    expect(seen).toMatchObject({ refused: 0 });
    await store.close();
  },
);

it.skipIf(!CAN_CONNECT)(
  CAN_CONNECT
    ? '50 clients of one key, over three servers, are held to its rate within 5 percent'
    : HOW_TO_GET,
  TEST,
  async () => {
    const [qps, ms, clients] = [5, 6_500, 50];
    const databaseUrl = await emptyDatabase();
    const store = await openStore({ dataDir: makeFolder(), databaseUrl });
    await store.createKey(newKey({ name: 'fast', qps: 100_000 }, KEY).key);
    const { key, secret } = newKey({ name: 'flooded', qps });
    const { id } = await store.createKey(key);
    await store.close();
    const servers = await Promise.all(
      [1, 2, 3].map(() => start(makeFolder(), { DATABASE_URL: databaseUrl })),
    );
    // An empty list of members gets as far as the check behind the rate's.
    const isAdmitted = async (at: number, as: string) => {
      const response = await ask(servers[at % servers.length]?.url ?? '', {}, as);
      await response.arrayBuffer();
      expect([400, 429]).toContain(response.status);
      return response.status === 400;
    };
    // Connections and code are warm when it begins.
    await Promise.all(Array.from({ length: 10 * clients }, (_, at) => isAdmitted(at, KEY)));

    /** The window, by the clock that it keeps: its end, the requests that it counted, and what time it is; times in ms. */
    const look = async () => {
      const [row] = await admin<{ end: number; points: number; now: number }>(
        databaseUrl,
        `SELECT expire::double precision AS end, points, extract(epoch FROM clock_timestamp())::double precision * 1000 AS now
        FROM lpd.rate_limits WHERE key = '${id}'`,
      );
      return row ?? { end: 0, points: 0, now: 0 };
    };
    // The first window is open when the flood begins, and all that follow begin where the one before ended.
    const begun = performance.now();
    let first = await look();
    for (; first.now >= first.end; first = await look()) expect(await isAdmitted(0, secret)).toBe(true);
    let admitted = 1;
    const refusals = [0, 0, 0];
    const end = performance.now() + ms;
    const client = async (at: number) => {
      while (performance.now() < end) {
        if (await isAdmitted(at, secret)) admitted++;
        else {
          refusals[at % servers.length]++;
          await sleep(100);
        }
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
    const last = await look();
    // Of windows that are over, since the last may have more to give; so however late an answer comes, it changes nothing.
    const inWhole = admitted - Math.min(last.points, qps);
    const seconds = (last.end - first.end) / 1_000;
    expect(seconds).toBeGreaterThan(ms / 1_000 - 2);
    expect(seconds).toBeLessThanOrEqual((performance.now() - begun) / 1_000);
    expect(Math.abs(inWhole / (qps * seconds) - 1), `${inWhole} in ${seconds} s`).toBeLessThanOrEqual(0.05);
    expect(Math.min(...refusals)).toBeGreaterThan(0);
  },
);

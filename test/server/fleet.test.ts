/** Several servers on one PostgreSQL: when it is stopped under load, and what their callers share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { CAN_CONNECT, CAN_START, HOW_TO_GET, startCluster } from '../postgres.ts';
import { emptyDatabase } from '../store/postgres/set-up.ts';
import { serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';
import { ask, detect, KEY, makeFolder, start } from './process.ts';

const CLIENTS = 4;

it.skipIf(!CAN_START)(
  CAN_START ? 'loses no answer and no count while the database is away and a server dies' : HOW_TO_GET,
  { timeout: 180_000 },
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
    await sleep(1_000);
    await cluster.stop();
    await expect.poll(() => readiness(first.url)).toEqual([200, 'away']);
    const before = seen[200];
    await sleep(2_000);
    expect(seen[200]).toBeGreaterThan(before + 10);
    expect(await metric('lpd_store_state{state="ready"}')).toBe(0);
    expect(await metric('lpd_store_state{state="away"}')).toBe(1);
    expect(await metric('lpd_store_away_seconds')).toBeGreaterThan(1);
    expect(await metric('lpd_spool_groups')).toBeGreaterThan(0);
    await second.end('SIGKILL');
    await cluster.start();
    await expect.poll(() => readiness(first.url), { timeout: 10_000 }).toEqual([200, 'ready']);
    await expect.poll(() => metric('lpd_spool_groups'), { timeout: 10_000 }).toBe(0);
    on = false;
    await clients;
    await begin(folders[1]);

    // A store without a watch, as commands open it, does not come back by itself: another one reads the books.
    const books = await openStore({ dataDir: makeFolder(), databaseUrl: cluster.url });
    onTestFinished(() => books.close());
    const counted = async () => (await books.usage()).reduce((sum, { count }) => sum + count, 0);
    // What was cut off by the kill may have been counted: see the meter on this window.
    await expect.poll(counted, { timeout: 30_000 }).toBeGreaterThanOrEqual(seen[200]);
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
  { timeout: 120_000 },
  async () => {
    // The usual rate; the time ends late in a window, of which there is one a second.
    const [qps, ms, clients] = [5, 5_750, 50];
    const databaseUrl = await emptyDatabase();
    const store = await openStore({ dataDir: makeFolder(), databaseUrl });
    await store.createKey(newKey({ name: 'fast', qps: 100_000 }, KEY).key);
    const { key, secret } = newKey({ name: 'flooded', qps });
    await store.createKey(key);
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

    const refusals = [0, 0, 0];
    let admitted = 0;
    let end = Number.POSITIVE_INFINITY;
    const client = async (at: number) => {
      while (performance.now() < end) {
        if (await isAdmitted(at, secret)) {
          // From the first that is let through, which begins a window.
          end = Math.min(end, performance.now() + ms);
          if (performance.now() < end) admitted++;
        } else {
          refusals[at % servers.length]++;
          await sleep(100);
        }
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
    expect(Math.abs(admitted / ((qps * ms) / 1_000) - 1), String(admitted)).toBeLessThanOrEqual(0.05);
    expect(Math.min(...refusals)).toBeGreaterThan(0);
  },
);

/**
 * What a request costs the store: `npm run bench:store`, with Debian's postgresql installed. A request is what the
 * gate and the answer ask of it: find the key, ask for its rate, set an image aside, count it. Three replicas in one
 * process share a real PostgreSQL that waits for its disk, on the same machine; the embedded store is beside it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newKey } from '../src/store/new-key.ts';
import { openServingStore, type ServingStore } from '../src/store/open.ts';
import { PostgresStore } from '../src/store/postgres/store.ts';
import { createDatabase, startCluster } from '../test/postgres.ts';

const REPLICAS = 3;
const RUN_MS = 4_000;
const WARM_UP_MS = 500;

/** A load: so many clients over all replicas, each at its next request after a pause. */
interface Load {
  readonly name: string;
  readonly keys: number;
  readonly qps: number;
  readonly quota: number | null;
  readonly clients: number;
  /** Between two requests of a client, in ms; 0 is none. */
  readonly pauseMs: number;
}

const FAST = 100_000;
const LOADS: readonly Load[] = [
  { name: 'one client, one key', keys: 1, qps: FAST, quota: null, clients: 1, pauseMs: 0 },
  { name: '30 clients, one key', keys: 1, qps: FAST, quota: null, clients: 30, pauseMs: 0 },
  { name: '300 clients, one key', keys: 1, qps: FAST, quota: null, clients: 300, pauseMs: 0 },
  { name: '300 clients, one key with a quota', keys: 1, qps: FAST, quota: 1e9, clients: 300, pauseMs: 0 },
  {
    name: '300 a second, 100 keys of 5 a second',
    keys: 100,
    qps: 5,
    quota: null,
    clients: 300,
    pauseMs: 1_000,
  },
  { name: '3 a second, one key of 5 a second', keys: 1, qps: 5, quota: null, clients: 3, pauseMs: 1_000 },
];

interface Result {
  readonly answered: number;
  readonly refused: number;
  readonly trips: number;
  readonly seconds: number;
  /** Of each request, in ms, in order of size. */
  readonly times: readonly number[];
}

async function measure(replicas: readonly ServingStore[], load: Load): Promise<Result> {
  const secrets: string[] = [];
  for (let made = 0; made < load.keys; made++) {
    const name = `${load.name} ${made}`.replaceAll(',', '');
    const { key, secret } = newKey({ name, qps: load.qps, quota: load.quota });
    await replicas[0]?.store.createKey(key);
    secrets.push(secret);
  }
  const times: number[] = [];
  let [measuring, on, refused] = [false, true, 0];
  const request = async ({ store, keys, rates }: ServingStore, secret: string) => {
    const from = performance.now();
    const key = await keys.find(secret);
    if (key === undefined) throw new Error('The key is not known.');
    const admitted = (await rates.take(key.id, key.qps)) === 0;
    if (admitted) await (await store.reserve(key))?.commit('pass');
    if (!measuring) return;
    if (admitted) times.push(performance.now() - from);
    else refused++;
  };
  const client = async (at: number) => {
    const [replica, secret] = [replicas[at % replicas.length], secrets[at % secrets.length]];
    if (replica === undefined || secret === undefined) return;
    await sleep(load.pauseMs * Math.random());
    while (on) {
      await request(replica, secret);
      await sleep(load.pauseMs);
    }
  };
  const clients = Array.from({ length: load.clients }, (_, at) => client(at));
  await sleep(WARM_UP_MS + load.pauseMs);
  const [before, from] = [tripsOf(replicas), performance.now()];
  measuring = true;
  await sleep(RUN_MS);
  measuring = false;
  const [trips, seconds] = [tripsOf(replicas) - before, (performance.now() - from) / 1_000];
  on = false;
  await Promise.all(clients);
  return { answered: times.length, refused, trips, seconds, times: times.sort((a, b) => a - b) };
}

function tripsOf(replicas: readonly ServingStore[]): number {
  return replicas.reduce(
    (sum, { store }) => sum + (store instanceof PostgresStore ? store.database.trips : 0),
    0,
  );
}

function line(name: string, { answered, refused, trips, seconds, times }: Result): string {
  const at = (share: number) => (times[Math.floor(share * times.length)] ?? Number.NaN).toFixed(2);
  const perSecond = Math.round(answered / seconds);
  const perThousand = ((1_000 * trips) / answered).toFixed(0);
  return `| ${name} | ${perSecond} | ${perThousand} | ${at(0.5)} | ${at(0.99)} | ${refused} |\n`;
}

const directory = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
const cluster = await startCluster({ durable: true });
const open = (databaseUrl: string | undefined, name: string) =>
  openServingStore({
    dataDir: join(directory, name),
    databaseUrl,
    graceMs: 60_000,
    onTrouble: (text, error) => process.stderr.write(`${text}: ${error}\n`),
  });
try {
  process.stdout.write(
    '| load | requests/s | round trips per 1000 | median ms | p99 ms | refused |\n|---|---|---|---|---|---|\n',
  );
  for (const load of LOADS) {
    const { url } = await createDatabase(cluster.url);
    const replicas = await Promise.all(
      Array.from({ length: REPLICAS }, (_, at) => open(url, `replica${at}`)),
    );
    process.stdout.write(line(load.name, await measure(replicas, load)));
    await Promise.all(replicas.map(({ store }) => store.close()));
  }
  for (const load of LOADS.slice(0, 4)) {
    const embedded = await open(undefined, load.name);
    process.stdout.write(line(`embedded: ${load.name}`, await measure([embedded], load)));
    await embedded.store.close();
  }
} finally {
  await cluster.remove();
  await rm(directory, { recursive: true });
}

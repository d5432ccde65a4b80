/**
 * What taking a batch off the queue of jobs costs: `npm run bench:queue`, with Debian's postgresql installed. First by the size of the
 * job, then by the number of keys that have one; the sizes are taken in turns. Last, how long a batch stays away
 * whose process died.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_DEADLINE_MS } from '../src/download/download.ts';
import { openBoss } from '../src/jobs/boss.ts';
import { type Batch, holdMs } from '../src/jobs/job.ts';
import { PostgresJobs } from '../src/jobs/postgres.ts';
import { newKey } from '../src/store/new-key.ts';
import { openPostgres, type PostgresStore } from '../src/store/postgres/store.ts';
import type { ItemResult } from '../src/wire/job.ts';
import { admin, createDatabase, startCluster } from '../test/postgres.ts';
import { ms, spread, table } from './statistics.ts';

const SIZES: readonly number[] = [2_000, 100_000, 1_000_000];
const KEYS: readonly number[] = [1, 100, 1_000];
/** Items of each job where the number of keys is what matters. */
const ITEMS = 2_000;
const ROUNDS = 100;
const POLL_MS = 200;
const PASS: ItemResult = {
  pass: true,
  reason: null,
  advice: [],
  image: { format: 'jpeg', width: 1_000, height: 1_000, bytes: 100_000 },
  faces: 1,
};

/** A database of its own, with jobs. */
interface Bench {
  readonly url: string;
  readonly store: PostgresStore;
  readonly jobs: PostgresJobs;
  readonly close: () => Promise<void>;
}

async function open(server: string): Promise<Bench> {
  const { url } = await createDatabase(server);
  const store = await openPostgres({ url });
  const boss = await openBoss(store.database, (error) => process.stderr.write(`${error}\n`));
  const jobs = new PostgresJobs(store.database, boss, holdMs(DEFAULT_DEADLINE_MS));
  const close = async () => {
    await jobs.close();
    await store.close();
  };
  return { url, store, jobs, close };
}

/** Makes a job of so many items for a new key. */
async function send({ url, store, jobs }: Bench, items: number): Promise<void> {
  const key = await store.createKey(newKey({ name: randomUUID() }).key);
  const id = randomUUID();
  await jobs.create({ id, keyId: key.id, webhook: null, secret: null });
  await admin(
    url,
    `INSERT INTO lpd.job_items (job_id, no, url)
      SELECT '${id}', no, 'http://pictures.example/' || no || '.jpg' FROM generate_series(1, ${items}) AS no;
    UPDATE lpd.jobs SET total = ${items} WHERE id = '${id}'`,
  );
  await jobs.open(id);
}

/** Takes a batch; gives it, how long that took, and how many times the database was asked. */
async function take({ jobs, store }: Bench) {
  const [from, trips] = [performance.now(), store.database.trips];
  const batch = await jobs.claim([]);
  const took = { ms: performance.now() - from, trips: store.database.trips - trips };
  if (batch === undefined) throw new Error('The queue is empty.');
  return { batch, ...took };
}

async function answer({ jobs }: Bench, { jobId, items, ...batch }: Batch): Promise<void> {
  await jobs.record(items.map(({ no }) => ({ jobId, no, result: PASS })));
  await jobs.finish({ jobId, items, ...batch });
}

/** Takes and answers batches of several benches in turns; gives a row of the table for each. */
async function compare(benches: readonly Bench[]): Promise<string[][]> {
  const taken = benches.map(() => [] as { ms: number; trips: number }[]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, bench] of benches.entries()) {
      const { batch, ...took } = await take(bench);
      taken[at]?.push(took);
      await answer(bench, batch);
    }
  }
  return taken.map((own) => {
    const { median, high } = spread(own.map((took) => took.ms));
    return [ms(median), ms(high), spread(own.map(({ trips }) => trips)).median.toFixed(0)];
  });
}

async function main(): Promise<void> {
  const cluster = await startCluster({ durable: true });
  try {
    const print = (text: string) => process.stdout.write(`${text}\n`);
    const head = ['median', '95 of 100 within', 'statements'];

    const bySize = await Promise.all(SIZES.map(() => open(cluster.url)));
    for (const [at, bench] of bySize.entries()) await send(bench, SIZES[at] ?? 0);
    await admin(cluster.url, 'CHECKPOINT');
    const sizeRows = await compare(bySize);
    print(
      table(
        ['items of the job', ...head],
        sizeRows.map((row, at) => [String(SIZES[at]), ...row]),
      ),
    );

    const byKeys = await Promise.all(KEYS.map(() => open(cluster.url)));
    for (const [at, bench] of byKeys.entries()) {
      for (let key = 0; key < (KEYS[at] ?? 0); key++) await send(bench, ITEMS);
    }
    const keyRows = await compare(byKeys);
    print(
      table(
        ['keys with a job', ...head],
        keyRows.map((row, at) => [String(KEYS[at]), ...row]),
      ),
    );

    const [dying] = byKeys;
    if (dying === undefined) return;
    const { batch } = await take(dying);
    const from = performance.now();
    const isSame = ({ jobId, items }: Batch) => jobId === batch.jobId && items[0]?.no === batch.items[0]?.no;
    for (let next: Batch | undefined; next === undefined || !isSame(next); ) {
      if (next === undefined) await sleep(POLL_MS);
      else await answer(dying, next);
      next = await dying.jobs.claim([]);
    }
    print(`A batch whose process died came back after ${((performance.now() - from) / 1_000).toFixed(0)} s.`);
    await Promise.all([...bySize, ...byKeys].map((bench) => bench.close()));
  } finally {
    await cluster.remove();
  }
}

await main();

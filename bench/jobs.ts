/**
 * What jobs carry, and what they ask of PostgreSQL: `npm run build && npm run bench:jobs`, with Debian's postgresql
 * installed. Services in processes of their own work on one job, each with one worker; the database waits for its
 * disk, and pictures come from loopback, the same bytes each time, the cache off.
 *
 * `--items 1000` is how long the job is; `--processes 1,2` which numbers of processes are tried.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { admin, createDatabase, startCluster } from '../test/postgres.ts';
import {
  cpuMsOf,
  familyCpuMsOf,
  makeKey,
  memoryMbOf,
  type Running,
  servePictures,
  startCommand,
} from './service.ts';
import { ms, table } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '1,2' },
  },
});
const ITEMS = Number(options.items);
/** How often a job is asked whether it is done, in ms. */
const POLL_MS = 250;
/** How long the database may take to tell of its own numbers, in ms. */
const STATISTICS_MS = 1_500;

const pictures = await servePictures();
const cluster = await startCluster({ durable: true });
const rows: string[][] = [];
try {
  for (const processes of options.processes.split(',').map(Number)) rows.push(await measure(processes));
} finally {
  await cluster.remove();
  await pictures.close();
}
const head = [
  'processes of one thread',
  'items a second',
  'processor ms an item',
  'memory MB each',
  'transactions per 1000',
  'WAL KB per 1000',
  'database ms per 1000',
];
process.stdout.write(`${ITEMS} items, ${pictures.bytes.length} bytes each.\n\n${table(head, rows)}`);

async function measure(processes: number): Promise<string[]> {
  const { url: databaseUrl } = await createDatabase(cluster.url);
  const env = { DATABASE_URL: databaseUrl, LPD_WORKERS: '1' };
  const key = await makeKey(env);
  const service = await startCommand('serve', env);
  const all: Running[] = [service];
  try {
    const url = await service.says(/"url":"([^"]+)"/);
    while (all.length < processes) {
      const worker = await startCommand('worker', env);
      all.push(worker);
      await worker.says(/working/);
    }
    const before = await state(databaseUrl, all);
    const begun = performance.now();
    await runJob(url, key);
    const seconds = (performance.now() - begun) / 1_000;
    await sleep(STATISTICS_MS);
    const after = await state(databaseUrl, all);
    const memory = await Promise.all(all.map(({ child }) => memoryMbOf(child.pid)));
    const perThousand = (value: number) => ((1_000 * value) / ITEMS).toFixed(0);
    return [
      String(processes),
      (ITEMS / seconds).toFixed(1),
      ms((after.cpuMs - before.cpuMs) / ITEMS),
      Math.max(...memory).toFixed(0),
      perThousand(after.transactions - before.transactions),
      perThousand((after.walBytes - before.walBytes) / 1_024),
      perThousand(after.databaseMs - before.databaseMs),
    ];
  } finally {
    await Promise.all(all.map((one) => one.stop()));
  }
}

/** Submits the job and waits for its end. */
async function runJob(url: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  const body = Array.from({ length: ITEMS }, (_, at) => `${pictures.url}?${at}`).join('\n');
  const answer = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body });
  const { id } = (await answer.json()) as { id?: string };
  if (id === undefined) throw new Error(`The job was refused with ${answer.status}.`);
  for (;;) {
    const job = (await (await fetch(`${url}/v1/jobs/${id}`, { headers })).json()) as Record<string, unknown>;
    if (job.state === 'done') {
      if (job.pass !== ITEMS) throw new Error(`Not all pass: ${JSON.stringify(job)}`);
      return;
    }
    await sleep(POLL_MS);
  }
}

/** What has been spent so far: by the processes, and by the database. */
async function state(databaseUrl: string, all: readonly Running[]) {
  const [database] = await admin<{ transactions: number; wal: number; pids: number[] }>(
    databaseUrl,
    `SELECT xact_commit::float8 AS transactions, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS wal,
      (SELECT array_agg(pid) FROM pg_stat_activity) AS pids
    FROM pg_stat_database WHERE datname = current_database()`,
  );
  if (database === undefined) throw new Error('The database does not tell its numbers.');
  const own = await Promise.all(all.map(({ child }) => familyCpuMsOf(child.pid)));
  const theirs = await Promise.all(database.pids.map((pid) => cpuMsOf(pid).catch(() => 0)));
  return {
    transactions: database.transactions,
    walBytes: database.wal,
    cpuMs: sumOf(own),
    databaseMs: sumOf(theirs),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

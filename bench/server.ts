/**
 * What the service carries: `npm run build && npm run bench:server`. A real service in a process of its own, pictures
 * from a server on loopback, load from autocannon; the cache is off, so that every picture is inspected.
 *
 * `--seconds 60` is how long each load lasts (10 by default); `--workers 1,2` which numbers of workers are tried.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { createInspector } from '../src/index.ts';
import { cpuMsOf, makeKey, memoryMbOf, servePictures, startCommand } from './service.ts';
import { ms, table } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1,2' },
  },
});
const SECONDS = Number(options.seconds);
const LIBRARY_RUNS = 60;

const pictures = await servePictures();
const library = await timeLibrary();
process.stdout.write(`Library, one thread: ${ms(library.cpu)} ms of processor time a picture.\n\n`);

const throughput: string[][] = [];
let capacity = 0;
for (const workers of options.workers.split(',').map(Number)) {
  const service = await startService(workers);
  const before = await service.cpuMs();
  const load = await fire(service, { connections: workers * 2 });
  const cpu = ((await service.cpuMs()) - before) / load['2xx'];
  capacity = load['2xx'] / load.duration;
  throughput.push([
    String(workers),
    capacity.toFixed(1),
    ms(load.latency.p50),
    ms(load.latency.p97_5),
    `${ms(cpu)} (${(cpu / library.cpu).toFixed(2)} of the library's)`,
    (await service.memoryMb()).toFixed(0),
  ]);
  await service.stop();
}
const head = [
  'workers',
  'pictures a second',
  'median ms',
  '97.5 % ms',
  'processor ms a picture',
  'memory MB',
];
process.stdout.write(`${table(head, throughput)}\n`);

const byLoad: string[][] = [];
const service = await startService(Number(options.workers.split(',').at(-1)));
for (const share of [0.5, 0.9, 2]) {
  const load = await fire(service, { connections: 100, overallRate: Math.round(capacity * share) });
  byLoad.push([
    `${share} of capacity`,
    String(load['2xx']),
    String(load.statusCodeStats?.['429']?.count ?? 0),
    String(load.non2xx - (load.statusCodeStats?.['429']?.count ?? 0) + load.errors),
    ms(load.latency.p50),
    ms(load.latency.p97_5),
    (await service.memoryMb()).toFixed(0),
  ]);
}
await service.stop();
const loadHead = ['load', 'answered', 'refused (429)', 'other', 'median ms', '97.5 % ms', 'memory MB'];
process.stdout.write(table(loadHead, byLoad));
pictures.close();

interface Service {
  readonly url: string;
  readonly key: string;
  cpuMs(): Promise<number>;
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}

async function startService(workers: number): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const key = await makeKey({ LPD_DATA_DIR: dataDir });
  const service = await startCommand('serve', { LPD_DATA_DIR: dataDir, LPD_WORKERS: String(workers) });
  const { pid } = service.child;
  return {
    url: await service.says(/"url":"([^"]+)"/),
    key,
    cpuMs: () => cpuMsOf(pid),
    memoryMb: () => memoryMbOf(pid),
    async stop() {
      await service.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

function fire({ url, key }: Service, load: { connections: number; overallRate?: number }) {
  return autocannon({
    ...load,
    url: `${url}/api/v1/services/aigc/image2video/face-detect`,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: pictures.url } }),
    duration: SECONDS,
  });
}

async function timeLibrary() {
  const inspector = await createInspector();
  for (let i = 0; i < 5; i++) await inspector.inspect(pictures.bytes);
  const before = process.cpuUsage();
  for (let i = 0; i < LIBRARY_RUNS; i++) await inspector.inspect(pictures.bytes);
  const { user, system } = process.cpuUsage(before);
  await inspector.close();
  return { cpu: (user + system) / 1000 / LIBRARY_RUNS };
}

/**
 * What the service carries: `npm run build && npm run bench:server`. A real service in a process of its own, pictures
 * from a server on loopback, load from autocannon; the cache is off, so that every picture is inspected.
 *
 * `--seconds 60` is how long each load lasts (10 by default); `--workers 1,2` which numbers of workers are tried;
 * `--out file.json` keeps the numbers.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { createInspector } from '../src/index.ts';
import { type HttpService, startService } from './http-service.ts';
import { warnIfBusy } from './machine.ts';
import { type Refusal, timeRefusals } from './refusals.ts';
import { servePictures } from './service.ts';
import { ms, spread, table } from './statistics.ts';

/** One number of workers, as busy as they get. */
export interface Throughput {
  readonly workers: number;
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p97Ms: number;
  /** Processor time of the whole service a picture. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** One load, as a share of what the service can carry. */
export interface LoadResult {
  readonly share: number;
  readonly answered: number;
  readonly refused: number;
  readonly other: number;
  readonly medianMs: number;
  readonly p97Ms: number;
  readonly peakMb: number;
}

/** What `--out` keeps. */
export interface ServerResults {
  /** Processor time of the library a picture, in milliseconds. */
  readonly libraryMs: number;
  readonly throughput: readonly Throughput[];
  readonly loads: readonly LoadResult[];
  readonly refusals: readonly Refusal[];
}

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1,2' },
    out: { type: 'string' },
  },
});
const SECONDS = Number(options.seconds);
const WORKERS = options.workers.split(',').map(Number);
/** How often the library and each number of workers are measured, of which the medians count. */
const ROUNDS = 3;
const LIBRARY_RUNS = 60;
const LIBRARY_WARM_UP = 20;
/** How long a service is busy before anything counts. */
const WARM_UP_SECONDS = 5;
/** Loads that are tried, as shares of what was carried. */
const SHARES = [0.5, 0.9, 2];

warnIfBusy();
const pictures = await servePictures();
// In turns, since machines get slower and faster.
const libraryTimes: number[] = [];
const carried: Throughput[] = [];
for (let round = 0; round < ROUNDS; round++) {
  libraryTimes.push(await timeLibrary());
  for (const workers of WORKERS) carried.push(await carry(workers));
}
const libraryMs = spread(libraryTimes).median;
process.stdout.write(`Library, one thread: ${ms(libraryMs)} ms of processor time a picture.\n\n`);

const throughput = WORKERS.map((workers) => middleOf(carried.filter((one) => one.workers === workers)));
const throughputHead = ['workers', 'pictures a second', 'median ms', '97.5 % ms', 'processor ms a picture'];
process.stdout.write(
  `${table(
    [...throughputHead, 'of the library’s', 'memory MB'],
    throughput.map(({ workers, perSecond, medianMs, p97Ms, cpuMs, peakMb }) => [
      String(workers),
      ...[perSecond, medianMs, p97Ms, cpuMs].map(ms),
      (cpuMs / libraryMs).toFixed(2),
      peakMb.toFixed(0),
    ]),
  )}\n`,
);

const service = await startService(WORKERS.at(-1) ?? 1);
const refusals = await timeRefusals(service);
process.stdout.write(
  `${table(
    ['refused', 'median ms', '95 % ms'],
    refusals.map(({ name, time }) => [name, ms(time.median), ms(time.high)]),
  )}\n`,
);
const capacity = throughput.at(-1)?.perSecond ?? 0;
const loads: LoadResult[] = [];
for (const share of SHARES) loads.push(await load(service, share));
await service.stop();
pictures.close();
const loadHead = ['load', 'answered', 'refused (429)', 'other', 'median ms', '97.5 % ms', 'memory MB'];
process.stdout.write(
  table(
    loadHead,
    loads.map(({ share, answered, refused, other, medianMs, p97Ms, peakMb }) => [
      `${share} of capacity`,
      ...[answered, refused, other].map(String),
      ...[medianMs, p97Ms].map(ms),
      peakMb.toFixed(0),
    ]),
  ),
);
if (options.out) {
  const kept: ServerResults = { libraryMs, throughput, loads, refusals };
  await writeFile(options.out, `${JSON.stringify(kept, null, 2)}\n`);
}

/** As much as so many workers can. */
async function carry(workers: number): Promise<Throughput> {
  const service = await startService(workers);
  // As warm as the library: V8 compiles what is hot on the first hundred pictures.
  await fire(service, { connections: workers * 2, duration: WARM_UP_SECONDS });
  const before = await service.cpuMs();
  const result = await fire(service, { connections: workers * 2 });
  const cpuMs = ((await service.cpuMs()) - before) / result['2xx'];
  const peakMb = await service.memoryMb();
  await service.stop();
  return {
    workers,
    perSecond: result['2xx'] / result.duration,
    medianMs: result.latency.p50,
    p97Ms: result.latency.p97_5,
    cpuMs,
    peakMb,
  };
}

/** Medians of several runs with so many workers; of memory the most. */
function middleOf(runs: readonly Throughput[]): Throughput {
  const median = (pick: (run: Throughput) => number) => spread(runs.map(pick)).median;
  return {
    workers: runs[0].workers,
    perSecond: median((run) => run.perSecond),
    medianMs: median((run) => run.medianMs),
    p97Ms: median((run) => run.p97Ms),
    cpuMs: median((run) => run.cpuMs),
    peakMb: Math.max(...runs.map((run) => run.peakMb)),
  };
}

async function load(service: HttpService, share: number): Promise<LoadResult> {
  const rate = Math.max(1, Math.round(capacity * share));
  const result = await fire(service, { connections: 100, overallRate: rate });
  const refused = result.statusCodeStats?.['429']?.count ?? 0;
  return {
    share,
    answered: result['2xx'],
    refused,
    other: result.non2xx - refused + result.errors,
    medianMs: result.latency.p50,
    p97Ms: result.latency.p97_5,
    peakMb: await service.memoryMb(),
  };
}

function fire(
  { url, key }: HttpService,
  load: { connections: number; overallRate?: number; duration?: number },
) {
  return autocannon({
    duration: SECONDS,
    ...load,
    url: `${url}/api/v1/services/aigc/image2video/face-detect`,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: pictures.url } }),
  });
}

async function timeLibrary(): Promise<number> {
  const inspector = await createInspector();
  for (let i = 0; i < LIBRARY_WARM_UP; i++) await inspector.inspect(pictures.bytes);
  const before = process.cpuUsage();
  for (let i = 0; i < LIBRARY_RUNS; i++) await inspector.inspect(pictures.bytes);
  const { user, system } = process.cpuUsage(before);
  await inspector.close();
  return (user + system) / 1000 / LIBRARY_RUNS;
}

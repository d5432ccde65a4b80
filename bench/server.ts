/**
 * What the service carries: `npm run build && npm run bench:server`. A real service in a process of its own, pictures
 * from a server on loopback, load from autocannon; the cache is off, so that every picture is inspected.
 *
 * `--seconds 60` is how long each load lasts (10 by default); `--workers 1,2` which numbers of workers are tried.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';
import { createInspector } from '../src/index.ts';
import { makePicture } from './pictures.ts';
import { ms, table } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1,2' },
  },
});
const SECONDS = Number(options.seconds);
const PROGRAM = fileURLToPath(new URL('../bin/liveportrait-detect.js', import.meta.url));
/** The kernel counts processor time in hundredths of a second (USER_HZ). */
const TICK_MS = 10;
const LIBRARY_RUNS = 60;

const { bytes } = await makePicture('one', 'jpeg', 1280);
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
    ((await service.memoryKb()) / 1024).toFixed(0),
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
    ((await service.memoryKb()) / 1024).toFixed(0),
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
  memoryKb(): Promise<number>;
  stop(): Promise<void>;
}

async function startService(workers: number): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const made = ['keys', 'create', '--name', 'bench', '--qps', '100000', '--data-dir', dataDir];
  const key = (await promisify(execFile)(process.execPath, [PROGRAM, ...made])).stdout.trim();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      LPD_DATA_DIR: dataDir,
      LPD_WORKERS: String(workers),
      LPD_CACHE: '0',
      LPD_DOWNLOAD_ALLOW: '127.0.0.0/8',
      LPD_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listeningUrl(child);
  const stat = async () => (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(' ');
  return {
    url,
    key,
    cpuMs: async () => {
      const fields = await stat();
      return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
    },
    memoryKb: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The address from the first line of the log; the rest of it is read and dropped. */
function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const url = /"url":"([^"]+)"/.exec(text)?.[1];
      if (url) resolve(url);
    });
  });
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

async function servePictures() {
  const server = createServer((_request, response) => response.end(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/portrait.jpg`;
  return { url, close: () => server.close() };
}

async function timeLibrary() {
  const inspector = await createInspector();
  for (let i = 0; i < 5; i++) await inspector.inspect(bytes);
  const before = process.cpuUsage();
  for (let i = 0; i < LIBRARY_RUNS; i++) await inspector.inspect(bytes);
  const { user, system } = process.cpuUsage(before);
  await inspector.close();
  return { cpu: (user + system) / 1000 / LIBRARY_RUNS };
}

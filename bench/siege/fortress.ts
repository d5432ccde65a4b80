/** The service under siege: the built program in a process of its own, and what can be seen of it from outside. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cpuMsOf, PROGRAM } from '../service.ts';

/** Longest wait for the end of a service that was told to stop, in milliseconds: its drain, and some time to close. */
const STOP_LIMIT_MS = 20_000;

/** A service under siege. */
export interface Fortress {
  readonly url: string;
  /** Runs one of the program's commands on the same data folder, in a process of its own, and gives its stdout. */
  command(...args: string[]): Promise<string>;
  /** A new key; 5 requests a second unless said otherwise. */
  makeKey(name: string, qps?: number): Promise<string>;
  /** The service's child processes, the workers. */
  workers(): Promise<number[]>;
  /** Memory of the service and all its processes, in MB; what they share counts once. */
  memoryMb(): Promise<number>;
  /** Where the requests of the honest customer spent their time so far, by their ids: milliseconds by stage. */
  readonly stages: ReadonlyMap<string, Stages>;
  /** Processor time of the process that answers so far, in milliseconds. */
  cpuMs(): Promise<number>;
  /** What `/readyz` answers. */
  ready(): Promise<number>;
  /** Sends SIGTERM, and tells how long the end took; kills what does not end. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
}

/** Milliseconds by stage, as the service's log has them; `total` is all of it. */
export type Stages = Readonly<Record<string, number>>;

/**
 * Starts the service with two workers; every picture is inspected anew, and may come from loopback.
 *
 * @param watched name of the key whose requests are looked up in the log
 */
export async function raise(watched: string): Promise<Fortress> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-siege-'));
  const env = {
    ...process.env,
    PORT: '0',
    LPD_DATA_DIR: dataDir,
    LPD_CACHE: '0',
    LPD_WORKERS: '2',
    LPD_DOWNLOAD_ALLOW: '127.0.0.0/8',
    LPD_LOG_LEVEL: 'info',
  };
  const command = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [PROGRAM, ...args], { env })).stdout;
  const makeKey = async (name: string, qps?: number) =>
    (await command('keys', 'create', '--name', name, ...(qps ? ['--qps', String(qps)] : []))).trim();

  const child = spawn(process.execPath, [PROGRAM, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await addressOf(child);
  const stages = new Map<string, Stages>();
  readLog(child, `"key":"${watched}"`, (line) => {
    const { request_id: id, ms } = JSON.parse(line) as { request_id: string; ms: Stages };
    stages.set(id, ms);
  });
  const pid = child.pid as number;
  const ready = async () => {
    const response = await fetch(`${url}/readyz`);
    await response.arrayBuffer();
    return response.status;
  };
  return {
    url,
    command,
    makeKey,
    ready,
    stages,
    cpuMs: () => cpuMsOf(pid),
    workers: () => childrenOf(pid),
    async memoryMb() {
      const sizes = await Promise.all([pid, ...(await childrenOf(pid))].map(proportionalMb));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    async stop() {
      const begun = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        const kill = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
        await ended;
        clearTimeout(kill);
      }
      const tookMs = performance.now() - begun;
      await rm(dataDir, { recursive: true, force: true });
      return { code: child.exitCode, tookMs };
    },
  };
}

/** Waits until the service is ready, in steps of 50 ms. */
export async function untilReady({ ready }: Fortress): Promise<void> {
  while ((await ready().catch(() => 0)) !== 200) await sleep(50);
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: string) => {
      text += chunk;
      const found = /"url":"([^"]+)"/.exec(text)?.[1];
      if (found === undefined) return;
      child.stdout?.off('data', read);
      resolve(found);
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.once('exit', () => reject(new Error(`The service did not start:\n${text}`)));
  });
}

/** Reads the log on, since a full pipe would hold up the service, and gives the lines that have the text in them. */
function readLog(child: ChildProcess, text: string, onLine: (line: string) => void): void {
  if (child.stdout === null) return;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes(text)) onLine(line);
  });
}

async function childrenOf(pid: number): Promise<number[]> {
  // A service that has ended has no tasks; the honest customer's answers tell of it.
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function proportionalMb(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
}

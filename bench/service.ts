/** What is measured as a process of its own: the program, its processor time and memory, and pictures to fetch. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createAuthority, createCertificate } from '../test/download/certificates.ts';
import { makePicture } from './pictures.ts';

/** The built program: `npm run build` comes first. */
export const PROGRAM = fileURLToPath(new URL('../bin/liveportrait-detect.js', import.meta.url));
const HOST = '127.0.0.1';
/** The kernel counts processor time in hundredths of a second (USER_HZ). */
const TICK_MS = 10;

/** A process under way. */
export interface Running {
  readonly child: ChildProcess;
  /** Waits for a text in what it says, and gives its first group; rejects when the process ends before. */
  says(pattern: RegExp): Promise<string>;
  /** Ends it, and removes its data directory. */
  stop(): Promise<void>;
}

/** Starts a command of the program with a data directory of its own, every picture inspected anew. */
export async function startCommand(command: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const child = spawn(process.execPath, [PROGRAM, command], {
    env: {
      ...process.env,
      PORT: '0',
      LPD_DATA_DIR: dataDir,
      LPD_CACHE: '0',
      LPD_DOWNLOAD_ALLOW: '127.0.0.0/8',
      LPD_LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.setEncoding('utf8').resume();
  return {
    child,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
        child.stdout?.on('data', (text: string) => {
          const found = pattern.exec(text);
          if (found) resolve(found[1] ?? found[0]);
        });
      }),
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Makes a key without a rate to speak of, and gives it. */
export async function makeKey(env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['keys', 'create', '--name', 'bench', '--qps', '100000'];
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
}

/** Processor time of a process so far, with all its threads, in ms. */
export function cpuMsOf(pid: number | undefined): Promise<number> {
  return cpuMsIn(`/proc/${pid}/stat`);
}

/** The same of its main thread alone, which bears the number of the process. */
export function mainThreadMsOf(pid: number | undefined): Promise<number> {
  return cpuMsIn(`/proc/${pid}/task/${pid}/stat`);
}

async function cpuMsIn(file: string): Promise<number> {
  const stat = await readFile(file, 'utf8');
  // What is in front of the last bracket is the name, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The same of a process of ours and its workers. */
export async function familyCpuMsOf(pid: number | undefined): Promise<number> {
  return sum(await familyOf(pid), cpuMsOf);
}

/** Memory that a process of ours and its workers hold, in MB; what they share counts once (PSS). */
export async function memoryMbOf(pid: number | undefined): Promise<number> {
  return sum(await familyOf(pid), async (each) => {
    const rollup = await readFile(`/proc/${each}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) / 1024;
  });
}

async function familyOf(pid: number | undefined): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return [pid ?? 0, ...children.trim().split(' ').filter(Boolean).map(Number)];
}

async function sum(pids: readonly number[], measure: (pid: number) => Promise<number>): Promise<number> {
  const each = await Promise.all(pids.map(measure));
  return each.reduce((total, one) => total + one, 0);
}

/** Where pictures are, and what a process needs to trust it. */
export interface Pictures {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** Serves one portrait of 1280 pixels on loopback, whatever the path; over TLS, as on the Internet, if told to. */
export async function servePictures({ tls = false } = {}): Promise<Pictures> {
  const { bytes } = await makePicture({ scene: 'one', format: 'jpeg', edge: 1280 });
  const answer: RequestListener = (_request, response) => response.end(bytes);
  const folder = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const authorityFile = join(folder, 'authority.pem');
  let server: Server;
  if (tls) {
    const authority = await createAuthority();
    await writeFile(authorityFile, authority.cert);
    server = createTlsServer(
      await createCertificate(['localhost'], { authority, addresses: [HOST] }),
      answer,
    );
  } else {
    server = createServer(answer);
  }
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://${HOST}:${port}/portrait.jpg`,
    bytes,
    env: tls ? { NODE_EXTRA_CA_CERTS: authorityFile } : {},
    async close() {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Real PostgreSQL for tests: `LPD_TEST_DATABASE_URL`, or throw-away clusters of Debian's package, whose server
 * refuses to run as root and so is run as its own user then.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const BIN = findBin();
const START_MS = 30_000;
/** Set for all tests of a run: the directory for what they share. */
const RUN_DIRECTORY = 'LPD_TEST_RUN_DIRECTORY';

/** Whether clusters can be started, stopped and frozen here. */
export const CAN_START = BIN !== undefined;
/** Whether there is any PostgreSQL for tests. */
export const CAN_CONNECT = CAN_START || Boolean(process.env.LPD_TEST_DATABASE_URL);
/** What to say in place of tests that cannot be run. */
export const HOW_TO_GET =
  'skipped without PostgreSQL: apt-get install postgresql (or set LPD_TEST_DATABASE_URL)';

/** A server of one's own. */
export interface Cluster {
  /** Address of a database that is there from the start. */
  readonly url: string;
  /** Ends it as an operator would, connections and all. */
  stop(): Promise<void>;
  /** Starts it again, if it is not running. */
  start(): Promise<void>;
  /** Lets all its processes stand still, with their connections open. */
  freeze(): void;
  /** Lets them go on. */
  thaw(): void;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/**
 * Makes a cluster in a directory of its own and starts it.
 *
 * @param durable waits for the disk with every commit, as real ones do; tests need not
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'lpd-pg-'));
  const url = urlOf(directory);
  initialise(directory);
  let server = run(directory, durable);
  await answering(url);

  const signal = (name: NodeJS.Signals) => {
    const postmaster = String(server.pid);
    const children = execFileSync('pgrep', ['-P', postmaster], { encoding: 'utf8' }).trim().split('\n');
    for (const pid of [postmaster, ...children]) process.kill(Number(pid), name);
  };
  const runs = () => server.exitCode === null && server.signalCode === null;
  const stop = async () => {
    if (!runs()) return;
    const ended = once(server, 'exit');
    // A fast shutdown, which does not wait for clients to leave.
    server.kill('SIGINT');
    await ended;
  };
  return {
    url,
    stop,
    start: async () => {
      if (!runs()) server = run(directory, durable);
      await answering(url);
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    remove: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Address of the server that all tests of a run share; the first one that asks starts it. */
export async function sharedServer(): Promise<string> {
  const given = process.env.LPD_TEST_DATABASE_URL;
  if (given) return given;
  const directory = join(process.env[RUN_DIRECTORY] ?? '', 'pg');
  const url = urlOf(directory);
  if (madeDirectory(directory)) {
    initialise(directory);
    run(directory, false).unref();
  }
  await answering(url);
  return url;
}

/** For vitest: runs around all tests, and ends the shared server if one was started. */
export default function setUpRun(): () => Promise<void> {
  if (!CAN_CONNECT) process.stderr.write(`${HOW_TO_GET}\n`);
  const directory = mkdtempSync(join(tmpdir(), 'lpd-run-'));
  // The server's user has to get through.
  chmodSync(directory, 0o711);
  process.env[RUN_DIRECTORY] = directory;
  return async () => {
    const pidFile = join(directory, 'pg', 'data', 'postmaster.pid');
    if (existsSync(pidFile)) {
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
      while (existsSync(pidFile)) await sleep(20);
    }
    rmSync(directory, { recursive: true, force: true });
  };
}

/**
 * Makes an empty database beside the one of this address.
 *
 * @param how what SQL is to say of it
 */
export async function createDatabase(
  server: string,
  how = '',
): Promise<{ readonly url: string; readonly remove: () => Promise<void> }> {
  const name = `lpd_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await admin(server, `CREATE DATABASE ${name} ${how}`);
  return {
    url: server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`),
    remove: async () => void (await admin(server, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/** Runs one statement on a connection of its own and gives the rows. */
export async function admin<R extends object>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends under it fails the statement, and says so once more.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Where initdb and postgres are; undefined when Debian's package is not installed. */
function findBin(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  return newestFirst
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

function urlOf(directory: string): string {
  return `postgres://lpd@/postgres?host=${encodeURIComponent(directory)}`;
}

/** Whether it was this process that made it. */
function madeDirectory(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch {
    return false;
  }
}

function initialise(directory: string): void {
  const user = serverUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const args = ['-D', data, '-U', 'lpd', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(binOrThrow(), 'initdb'), args, { cwd: directory, stdio: 'ignore', ...user });
}

/** Starts the server, reached through a socket in the directory and by no port. */
function run(directory: string, durable: boolean): ChildProcess {
  const settings = [
    `fsync=${durable ? 'on' : 'off'}`,
    'listen_addresses=',
    `unix_socket_directories=${directory}`,
  ];
  const args = ['-D', join(directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
  return spawn(join(binOrThrow(), 'postgres'), args, { cwd: directory, stdio: 'ignore', ...serverUser() });
}

function binOrThrow(): string {
  if (BIN === undefined) throw new Error(HOW_TO_GET);
  return BIN;
}

/** Whom to run the server as. */
export function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function answering(url: string): Promise<void> {
  for (const end = performance.now() + START_MS; ; await sleep(50)) {
    try {
      await admin(url, 'SELECT 1');
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

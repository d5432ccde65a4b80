/** Databases, replicas and processes for the tests of this room; all of it ends with the running test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { openServingStore, type ServeOptions } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { admin, createDatabase, sharedServer } from '../../postgres.ts';
import { temporaryDirectory } from '../temporary.ts';

const SCRIPT = fileURLToPath(new URL('./process.ts', import.meta.url));

/** An empty database on the server that all tests share. */
export async function emptyDatabase(): Promise<string> {
  const { url, remove } = await createDatabase(await sharedServer());
  onTestFinished(remove);
  return url;
}

/** A role that may log in, and nothing else. @returns the address of the database for it */
export async function createRole(url: string) {
  const name = `lpd_role_${Math.random().toString(36).slice(2)}`;
  await admin(url, `CREATE ROLE ${name} LOGIN`);
  onTestFinished(async () => void (await admin(url, `DROP OWNED BY ${name}; DROP ROLE ${name}`)));
  return { name, url: url.replace(/\/\/[^@]*@/, `//${name}@`) };
}

/** The same, which may use all that a replica has made, and owns none of it: as a careful operator's service. */
export async function createUser(url: string) {
  const role = await createRole(url);
  await admin(
    url,
    `GRANT USAGE ON SCHEMA lpd TO ${role.name}; GRANT ALL ON ALL TABLES IN SCHEMA lpd TO ${role.name}`,
  );
  return role;
}

/** A connection of its own, for transactions that take their time. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** What a replica has in its process. */
export async function replica(databaseUrl: string, options: Partial<ServeOptions> = {}) {
  const dataDir = options.dataDir ?? (await temporaryDirectory());
  const serving = await openServingStore({
    dataDir,
    databaseUrl,
    graceMs: 60_000,
    onTrouble: () => undefined,
    ...options,
  });
  onTestFinished(() => serving.store.close());
  return { ...serving, dataDir };
}

/** Starts `process.ts`. */
export function start(url: string, what: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, url, what, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Ends a process the hard way. */
export async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** How many lines a file has; 0 when there is none. */
export function linesOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

/** Images in the books. */
export async function counted(store: Store): Promise<number> {
  return (await store.usage()).reduce((sum, { count }) => sum + count, 0);
}

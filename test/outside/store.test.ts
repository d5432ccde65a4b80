/**
 * The embedded store as people use it: one service or two on a folder, and commands beside them. Every process looks
 * at one database, and nothing that was answered is lost.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { start } from '../cli/spawn.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { command, KEY, type Serving, serve, upload } from './serving.ts';

const FILES = ['', '-wal', '-shm'].map((suffix) => `liveportrait-detect.db${suffix}`);
/** How long after its revocation a key may still be served, in ms. */
const REVOKED_MS = 1_000;
/** Requests that are under way at a time. */
const CLIENTS = 4;
/** How long each of them waits between two requests, in ms: commands need the processor too. */
const PAUSE_MS = 20;
/** For some twenty commands and six services on a busy machine, in ms; some 10 s on one with nothing else to do. */
const PATIENCE_MS = 180_000;
/** Files that a process makes are for everybody, unless it says otherwise. */
const OPEN_TO_ALL = [
  '--import',
  "data:text/javascript,import{isMainThread}from'node:worker_threads';if(isMainThread)process.umask(0)",
];

/** Starts so many services on a new folder at the same moment. */
async function setUp(services: number) {
  const dataDir = await temporaryDirectory();
  const begin = () => serve(onTestFinished, dataDir, { nodeArgs: OPEN_TO_ALL });
  const all = await Promise.all(Array.from({ length: services }, begin));
  const cli = (...args: string[]) => command(dataDir, ...args);
  const createKey = async (name: string) =>
    (await cli('keys', 'create', '--name', name, '--qps', '10000')).trim();
  const counted = async (name: string) => {
    const rows: { count: number }[] = JSON.parse(await cli('usage', '--json', '--key', name));
    return rows.reduce((sum, { count }) => sum + count, 0);
  };
  return { dataDir, all, begin, cli, createKey, counted };
}

/** Uploads until it is told to stop, or the service is gone. @returns how many were answered with 200 */
async function load({ url }: Serving, secret: string, over: { yes: boolean }): Promise<number> {
  let answered = 0;
  while (!over.yes) {
    const status = await upload(url, secret, PORTRAIT).catch(() => 'gone' as const);
    if (status === 'gone') break;
    if (status === 200) answered++;
    await sleep(PAUSE_MS);
  }
  return answered;
}

/** Several at once. */
async function crowd(service: Serving, secret: string, over: { yes: boolean }): Promise<number> {
  const counts = await Promise.all(Array.from({ length: CLIENTS }, () => load(service, secret, over)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Whether a process holds SQLite's lock on the file that says that it is there; undefined where the system does not tell. */
function holdsLock(pid: number, file: string): boolean | undefined {
  if (!existsSync('/proc/locks')) return undefined;
  const { ino } = statSync(file);
  return new RegExp(`POSIX +ADVISORY +READ +${pid} \\S+:${ino} `).test(readFileSync('/proc/locks', 'utf8'));
}

vi.setConfig({ testTimeout: PATIENCE_MS });

describe.each([1, 2])('%i service(s), started together on an empty folder', (services) => {
  it('and every command, again and again: all see one store, and the books equal the answers', async () => {
    const { dataDir, all, cli, createKey, counted } = await setUp(services);
    for (const file of FILES) expect(statSync(join(dataDir, file)).mode & 0o777, file).toBe(0o600);

    let last: { readonly name: string; readonly secret: string } | undefined;
    for (let round = 1; round <= 2; round++) {
      const name = `key${round}`;
      const secret = await createKey(name);
      // A key works at once, and all services count into one book.
      for (const { url } of all) {
        for (let i = 0; i < round; i++) expect(await upload(url, secret, PORTRAIT), name).toBe(200);
      }
      const answered = round * services;
      expect(JSON.parse(await cli('keys', 'list', '--json'))).toHaveLength(1 + round);
      expect(await cli('keys', 'list')).toContain(name);
      expect(JSON.parse(await cli('keys', 'show', name, '--json'))).toMatchObject({
        usage: { images: answered },
      });
      expect(await cli('keys', 'show', name)).toContain(`${answered} image`);
      expect(await cli('usage', '--key', name)).toMatch(new RegExp(`pass +${answered}\\n`));
      expect(await cli('usage', '--csv', '--key', name)).toMatch(new RegExp(`,pass,${answered}\\n`));
      expect(await counted(name)).toBe(answered);

      if (last !== undefined) {
        await cli('keys', 'revoke', last.name);
        await sleep(REVOKED_MS);
        for (const { url } of all) expect(await upload(url, last.secret, PORTRAIT), last.name).toBe(401);
      }
      last = { name, secret };
      for (const { pid } of all) expect(holdsLock(pid, join(dataDir, FILES[0] ?? ''))).not.toBe(false);
      for (const file of FILES) expect(existsSync(join(dataDir, file)), file).toBe(true);
    }

    // Commands that die in the middle are no less harmless.
    for (let ms = 150; ms < 350; ms += 100) {
      const { child, ended } = start(['keys', 'create', '--name', `dead${ms}`, '--data-dir', dataDir]);
      await sleep(ms);
      child.kill('SIGKILL');
      await ended;
    }
    const latest = await createKey('latest');
    for (const { url } of all) expect(await upload(url, latest, PORTRAIT)).toBe(200);

    // Told to stop, each ends with its books written.
    for (const service of all) expect((await service.end('SIGTERM')).code).toBe(0);
    expect(await counted('latest')).toBe(services);
    expect(await counted('key2')).toBe(2 * services);
  });
});

it('kill -9 under load, with keys listed in between, loses no answer and no key', async () => {
  const { all, begin, cli, createKey, counted } = await setUp(2);
  const over = { yes: false };
  const [steady, first] = all as [Serving, Serving];
  const [ours, theirs] = [await createKey('steady'), await createKey('dying')];
  const beside = crowd(steady, ours, over);

  let dying = first;
  let answered = 0;
  for (let deaths = 1; deaths <= 2; deaths++) {
    const before = answered;
    const crowded = crowd(dying, theirs, { yes: false });
    await cli('keys', 'list');
    const added = await createKey(`added${deaths}`);
    expect(await upload(dying.url, added, PORTRAIT)).toBe(200);
    await cli('usage');
    await dying.end('SIGKILL');
    answered += await crowded;
    await cli('keys', 'list');
    expect(answered).toBeGreaterThan(before);
    // What was under way at its death may be counted and have been answered to nobody (docs/operating.md, Backup).
    const books = await counted('dying');
    expect(books).toBeGreaterThanOrEqual(answered);
    expect(books).toBeLessThanOrEqual(answered + deaths * CLIENTS);
    expect(await counted(`added${deaths}`)).toBe(1);
    dying = await begin();
    expect(await upload(dying.url, added, PORTRAIT)).toBe(200);
  }

  over.yes = true;
  // The one that nobody killed answered all that it counted, and counted all that it answered.
  expect(await counted('steady')).toBe(await beside);
  await steady.end('SIGKILL');
  await dying.end('SIGKILL');
  expect(await counted('steady')).toBe(await beside);
  expect(await counted('added1')).toBe(2);
  expect(await upload((await begin()).url, KEY, PORTRAIT)).toBe(200);
});

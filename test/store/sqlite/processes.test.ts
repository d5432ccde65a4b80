/** Real processes on one file: starting together, changing keys under a running one, dying. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KeyCache } from '../../../src/store/key-cache.ts';
import { newKey } from '../../../src/store/new-key.ts';
import { openSqlite } from '../../../src/store/sqlite/store.ts';
import { temporaryDirectory } from '../temporary.ts';

/** As many as `process.ts` has under way at a time. */
const CONCURRENT_ANSWERS = 8;
const SCRIPT = fileURLToPath(new URL('./process.ts', import.meta.url));

function start(file: string, what: string, argument = '', env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, file, what, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function linesOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

async function opened() {
  const file = join(await temporaryDirectory(), 'test.db');
  const store = await openSqlite({ file });
  onTestFinished(() => store.close());
  return { file, store };
}

async function outputsOfTen(file: string, env: NodeJS.ProcessEnv): Promise<{ kind: string }[]> {
  const children = Array.from({ length: 10 }, () => start(file, 'first', '', env));
  const outputs = await Promise.all(children.map((child) => text(child.stdout)));
  return outputs.map((output) => JSON.parse(output) as { kind: string });
}

describe('ten processes that start at once on nothing', () => {
  it('make one file, one schema and one first key', async () => {
    const file = join(await temporaryDirectory(), 'new', 'test.db');
    const kinds = (await outputsOfTen(file, {})).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['made', ...Array.from({ length: 9 }, () => 'none')]);
  });

  it('take one key from the environment', async () => {
    const file = join(await temporaryDirectory(), 'test.db');
    const outputs = await outputsOfTen(file, { LPD_BOOTSTRAP_KEY: 'one-key-for-all-of-you' });
    for (const output of outputs) expect(output).toEqual(outputs[0]);
    expect(outputs[0]?.kind).toBe('given');
  });
});

it('a key that another process revokes is refused within a second', async () => {
  const { file, store } = await opened();
  const { key, secret } = newKey({ name: 'a' });
  const { id } = await store.createKey(key);
  const cache = new KeyCache(store);
  const child = start(file, 'revoke', id);
  let refused = false;
  while (!refused && child.exitCode === null) {
    refused = (await cache.find(secret)) === undefined;
    await sleep(5);
  }
  expect(child.exitCode ?? 0).toBe(0);
  await sleep(refused ? 0 : 900);
  expect(await cache.find(secret)).toBeUndefined();
});

it('what was answered is counted after kill -9, and no more than was under way beyond it', async () => {
  const { file, store } = await opened();
  await store.createKey(newKey({ name: 'a' }).key);
  const answers = `${file}.answers`;
  let [answeredBefore, countedBefore] = [0, 0];
  for (let round = 0; round < 4; round++) {
    const child = start(file, 'answer', answers);
    const ended = once(child, 'exit');
    while (linesOf(answers) === answeredBefore) await sleep(5);
    await sleep(15 + 35 * round);
    child.kill('SIGKILL');
    await ended;
    const answered = linesOf(answers) - answeredBefore;
    const counted = ((await store.usage())[0]?.count ?? 0) - countedBefore;
    expect(answered).toBeGreaterThan(0);
    expect(counted).toBeGreaterThanOrEqual(answered);
    expect(counted).toBeLessThanOrEqual(answered + CONCURRENT_ANSWERS);
    answeredBefore += answered;
    countedBefore += counted;
  }
});

/** How long another program holds its lock, in ms: several times what a busy machine holds up a process. */
const HELD_MS = 1_500;

it('a lock held by another program delays a commit, but neither reads nor the event loop', async () => {
  const { file, store } = await opened();
  const key = await store.createKey(newKey({ name: 'a' }).key);
  const holder = new Database(file);
  onTestFinished(() => void holder.close());
  holder.exec('BEGIN IMMEDIATE');
  let committed = false;
  const commit = store.reserve(key).then((reservation) => reservation?.commit('pass'));
  const done = commit.then(() => {
    committed = true;
  });
  let longest = 0;
  for (const end = performance.now() + HELD_MS; performance.now() < end; ) {
    const from = performance.now();
    expect(await store.listKeys()).toHaveLength(1);
    await sleep(1);
    longest = Math.max(longest, performance.now() - from);
  }
  expect(committed).toBe(false);
  // A commit that waited on this thread would hold it for all of that time.
  expect(longest).toBeLessThan(HELD_MS / 2);
  // The binding's frozen view (see `inTransaction`) would go on showing 5 while the commit waits.
  holder.exec('UPDATE keys SET qps = 9; COMMIT; BEGIN IMMEDIATE');
  expect(await store.listKeys()).toMatchObject([{ qps: 9 }]);
  expect(committed).toBe(false);
  holder.exec('COMMIT');
  await done;
  expect(await store.usage()).toMatchObject([{ count: 1 }]);
});

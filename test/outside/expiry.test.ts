/** A key that ends by itself: made by a command, good in two services, refused by both from its end on, in every store. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { start } from '../cli/spawn.ts';
import { CAN_CONNECT, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { serve } from './serving.ts';

/** Lives of a key, in ms: the first that lasts until both services have answered once, on a machine as busy as it is. */
const LIVES_MS = [4_000, 20_000, 90_000];

vi.setConfig({ testTimeout: 240_000 });

async function ask(url: string, secret: string) {
  const answer = await fetch(`${url}/v1/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'image/jpeg' },
    body: PORTRAIT,
  });
  const { code, message } = (await answer.json()) as { code?: string; message?: string };
  return { status: answer.status, reason: answer.headers.get('x-reason'), code, message };
}

async function expires(env: NodeJS.ProcessEnv): Promise<void> {
  const dataDir = await temporaryDirectory();
  const services = await Promise.all([1, 2].map(() => serve(onTestFinished, dataDir, { env })));
  const keys = async (...args: string[]) =>
    (await start(['keys', ...args], { env: { LPD_DATA_DIR: dataDir, ...env } }).ended).out;
  const askAll = (secret: string) => Promise.all(services.map(({ url }) => ask(url, secret)));

  for (const life of LIVES_MS) {
    const end = Date.now() + life;
    const name = `for ${life} ms`;
    const secret = (await keys('create', '--name', name, '--expires', new Date(end).toISOString())).trim();
    const before = await askAll(secret);
    if (Date.now() >= end) continue;
    expect(before.map(({ status }) => status)).toEqual([200, 200]);
    await sleep(end - Date.now() + 1);
    const over = {
      status: 401,
      reason: 'key.expired',
      code: 'InvalidApiKey',
      message: 'Invalid API-key provided.',
    };
    expect(await askAll(secret)).toEqual([over, over]);
    const [line] = (await keys('list')).split('\n').filter((text) => text.includes(name));
    expect(line).toContain(`${new Date(end).toISOString()} (expired)`);
    return;
  }
  expect.fail('No life was long enough for two answers.');
}

it('in a folder', () => expires({}));

describe.skipIf(!CAN_CONNECT)(CAN_CONNECT ? 'in PostgreSQL' : HOW_TO_GET, () => {
  it('just so', async () => {
    const database = await createDatabase(await sharedServer());
    onTestFinished(database.remove);
    await expires({ DATABASE_URL: database.url });
  });
});

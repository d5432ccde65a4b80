/** The room of jobs where PostgreSQL keeps them: a key's share, and a disk of the database that is really full. */
import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { admin, CAN_START, createDatabase, HOW_TO_GET, sharedServer } from '../postgres.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { clientOf, listOf } from './jobs-client.ts';
import { KEY, serve, upload } from './serving.ts';
import { fill, smallDisk } from './small-disk.ts';

const MIB = 1_048_576;
/** What the tests wait for at most, in ms; a second or two. */
const PATIENCE = { timeout: 60_000, interval: 100 };

vi.setConfig({ testTimeout: 120_000 });

/** A service on a database. */
async function serveOn(url: string, ...args: string[]) {
  const dataDir = await temporaryDirectory();
  return await serve(onTestFinished, dataDir, { args, env: { DATABASE_URL: url } });
}

describe.skipIf(!CAN_START)(CAN_START ? 'jobs in PostgreSQL' : HOW_TO_GET, () => {
  it('a key has so much room, and gets it back with what it cancels and forgets', async () => {
    const database = await createDatabase(await sharedServer());
    onTestFinished(database.remove);
    const { url } = await serveOn(database.url, '--key-jobs-mib', '2');
    const { send, cancel, find } = clientOf(url);
    const half = listOf(200 * 1_600);
    const first = await send(half);
    expect(first.status).toBe(202);
    expect(await send(half)).toMatchObject({
      status: 429,
      reason: 'job.bytes',
      message: expect.stringContaining('2 MiB'),
    });
    expect(await cancel(first.id)).toMatchObject({ state: 'cancelled' });
    expect(await cancel(first.id)).toMatchObject({ status: 200, state: 'cancelled' });
    expect(await find(first.id)).toMatchObject({ status: 404, reason: 'job.unknown' });
    await vi.waitFor(async () => expect((await send(half)).status).toBe(202), PATIENCE);
  });

  it('a full disk of the database refuses new jobs with an error of its own, and no verdict', async ({
    skip,
  }) => {
    const disk = await smallDisk(64 * MIB);
    if (process.env.LPD_TEST_DATABASE_URL) return skip('the server is on another disk');
    if (disk === undefined) return skip('a disk of its own needs root and the right to mount one');
    chmodSync(disk, 0o777);
    const server = await sharedServer();
    const space = `small_${process.pid}`;
    // The tables are on the small disk, the log of the server is not: as where a volume is for the tables.
    execFileSync('chown', ['postgres', disk]);
    await admin(server, `CREATE TABLESPACE ${space} LOCATION '${disk}'`);
    const database = await createDatabase(server, `TABLESPACE ${space}`);
    onTestFinished(async () => {
      await database.remove();
      await admin(server, `DROP TABLESPACE ${space}`);
    });
    const service = await serveOn(database.url);
    const { send } = clientOf(service.url);
    expect(await send(listOf(20_000))).toMatchObject({ status: 202 });
    fill(disk, 0);
    const full = { status: 507, reason: 'job.disk_full', code: 'InsufficientStorage' };
    await vi.waitFor(async () => expect(await send(listOf(2_000_000))).toMatchObject(full), PATIENCE);
    expect(service.said()).not.toContain('the database is away');
    for (let no = 0; no < 5; no++) {
      await vi.waitFor(async () => expect(await upload(service.url, KEY, PORTRAIT)).not.toBe(429), PATIENCE);
    }
    expect(await upload(service.url, KEY, PORTRAIT)).toBe(200);
    expect((await (await fetch(`${service.url}/readyz`)).json()) as object).toMatchObject({ store: 'ready' });
    truncateSync(join(disk, 'filler'));
    await vi.waitFor(async () => expect((await send(listOf(20_000))).status).toBe(202), PATIENCE);
  });
});

/** Nobody fills the disk: jobs take what a key has, and leave it when they are cancelled; a full disk stops no verdict. */
import { mkdirSync, statfsSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { clientOf, listOf } from './jobs-client.ts';
import { command, KEY, serve, upload } from './serving.ts';
import { fill, smallDisk } from './small-disk.ts';

const MIB = 1_048_576;
const DATABASE = 'liveportrait-detect.db';
/** What the tests wait for at most, in ms; a second or two. */
const PATIENCE = { timeout: 60_000, interval: 100 };
/** Longest time of a test with several services on a busy machine, in ms. */
const TEST_MS = 120_000;

/** What the store takes on the disk, in bytes. */
function takenBy(dataDir: string): number {
  const files = ['', '-wal'].map((suffix) => join(dataDir, `${DATABASE}${suffix}`));
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

const imagesOf = async (dataDir: string): Promise<number> => {
  const rows: { count: number }[] = JSON.parse(await command(dataDir, 'usage', '--json'));
  return rows.reduce((sum, { count }) => sum + count, 0);
};

vi.setConfig({ testTimeout: TEST_MS });

it('cancelled jobs give their room back', async () => {
  const dataDir = await temporaryDirectory();
  const { url } = await serve(onTestFinished, dataDir);
  const { send, cancel } = clientOf(url);
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { status, id } = await send(listOf(20_000_000, 2_000));
    expect(status).toBe(202);
    ids.push(id);
  }
  expect(takenBy(dataDir)).toBeGreaterThan(60_000_000);
  for (const id of ids) expect(await cancel(id)).toMatchObject({ status: 200, state: 'cancelled' });
  // What is set aside, and a log of 8 MiB at most.
  await vi.waitFor(() => expect(takenBy(dataDir)).toBeLessThan(20 * MIB), PATIENCE);
});

it('a key has so much room and no more, and gets it back with what it cancels', async () => {
  const dataDir = await temporaryDirectory();
  const { url } = await serve(onTestFinished, dataDir, { args: ['--key-jobs-mib', '2'] });
  const other = (await command(dataDir, 'keys', 'create', '--name', 'other')).trim();
  const [ours, theirs] = [clientOf(url), clientOf(url, other)];
  // 200 bytes of address, and 1 KiB for the rows and the result: 2 MiB hold some 1,700.
  const half = listOf(200 * 1_600);
  const first = await ours.send(half);
  expect(first.status).toBe(202);
  expect(await ours.send(half)).toMatchObject({
    status: 429,
    reason: 'job.bytes',
    code: 'Throttling',
    message: expect.stringContaining('2 MiB'),
  });
  expect(await theirs.send(half)).toMatchObject({ status: 202 });
  await ours.cancel(first.id);
  // Nothing of the refused list is in the way either.
  await vi.waitFor(async () => expect((await ours.send(half)).status).toBe(202), PATIENCE);
  expect(await ours.find(first.id)).toMatchObject({ state: 'cancelled' });
});

it('what has ended gives its room back when it is forgotten, and is gone for good', async () => {
  const dataDir = await temporaryDirectory();
  const args = ['--key-jobs-mib', '1'];
  const { url } = await serve(onTestFinished, dataDir, { args });
  const { send, cancel, find, results } = clientOf(url);
  const refused = 'file:///etc/passwd\n'.repeat(600);
  const first = await send(refused);
  expect(await results(first.id)).toContain('"cursor":600');
  expect(await send(refused)).toMatchObject({ status: 429, reason: 'job.bytes' });
  expect(await cancel(first.id)).toMatchObject({ status: 200, state: 'done', id: first.id });
  const gone = { status: 404, reason: 'job.unknown' };
  for (const call of [find, cancel]) expect(await call(first.id)).toMatchObject(gone);
  expect(await results(first.id)).toContain('"NotFound"');
  await vi.waitFor(async () => expect((await send(refused)).status).toBe(202), PATIENCE);
  // A job that was cancelled goes the same way.
  const other = await send(`${listOf(200)}`);
  for (const state of ['cancelled', 'cancelled']) expect(await cancel(other.id)).toMatchObject({ state });
  expect(await find(other.id)).toMatchObject(gone);
});

it('below the floor of free space new jobs are refused, and verdicts are not', async () => {
  const dataDir = await temporaryDirectory();
  const { bavail, bsize } = statfsSync(dataDir);
  const floor = Math.ceil((2 * bavail * bsize) / MIB);
  const { url } = await serve(onTestFinished, dataDir, { env: { LPD_DISK_FLOOR_MIB: String(floor) } });
  expect(await clientOf(url).send(listOf(1_000))).toMatchObject({
    status: 507,
    reason: 'job.disk_full',
    code: 'InsufficientStorage',
  });
  expect(await upload(url, KEY, PORTRAIT)).toBe(200);
});

it('a disk that is really full stops no verdict and no count, kill -9 included', async ({ skip }) => {
  const disk = await smallDisk(96 * MIB);
  if (disk === undefined) return skip('a disk of its own needs root and the right to mount one');
  const dataDir = join(disk, 'data');
  mkdirSync(dataDir);
  const begin = () => serve(onTestFinished, dataDir, { args: ['--disk-floor-mib', '32'] });
  const first = await begin();
  const { send, find, cancel } = clientOf(first.url);
  const fast = (await command(dataDir, 'keys', 'create', '--name', 'fast', '--qps', '10000')).trim();

  // An upload that comes to the floor is refused in its middle, and leaves nothing.
  fill(disk, 48 * MIB);
  expect(await send(listOf(40_000_000, 2_000))).toMatchObject({ status: 507, reason: 'job.disk_full' });
  const free = () => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  expect(free()).toBeGreaterThan(16 * MIB);
  let job = await send(listOf(20_000));
  await vi.waitFor(async () => {
    job = job.status === 202 ? job : await send(listOf(20_000));
    expect(job.status).toBe(202);
  }, PATIENCE);

  // Now somebody else takes all that is left.
  fill(disk, 0);
  let answered = 0;
  for (let i = 0; i < 200; i++) if ((await upload(first.url, fast, PORTRAIT)) === 200) answered++;
  expect(answered).toBe(200);
  expect(await imagesOf(dataDir)).toBe(answered);
  const added = (await command(dataDir, 'keys', 'create', '--name', 'added')).trim();
  expect(await upload(first.url, added, PORTRAIT)).toBe(200);
  expect(await send(listOf(1_000))).toMatchObject({ status: 507 });
  expect(await find(job.id)).toMatchObject({ status: 200 });
  expect(await cancel(job.id)).toMatchObject({ state: 'cancelled' });
  expect(await imagesOf(dataDir)).toBe(201);
  await first.end('SIGKILL');
  expect(await imagesOf(dataDir)).toBe(201);

  // It starts on a full disk, too, and goes on by itself once there is room.
  const second = await begin();
  expect(await upload(second.url, added, PORTRAIT)).toBe(200);
  expect(await imagesOf(dataDir)).toBe(202);
  truncateSync(join(disk, 'filler'));
  await vi.waitFor(
    async () => expect((await clientOf(second.url).send(listOf(1_000))).status).toBe(202),
    PATIENCE,
  );
});

/** Many readers of long results who take hardly anything: they hold little memory, and leave room for other keys. */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryDirectory } from '../store/temporary.ts';
import { clientOf } from './jobs-client.ts';
import { command, KEY, serve } from './serving.ts';

vi.setConfig({ testTimeout: 120_000 });

const READERS = 200;
/** Between two questions of one key, in ms: 20 a second are answered. */
const PACE_MS = 55;
/** Most that these may take, in MB; each took four and more. */
const MOST_MB = 250;

function memoryOf(pid: number): number {
  const [, kB] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kB) / 1_024;
}

/** Asks, and reads no more than the beginning. @returns the status */
async function ask(url: string, id: string, secret: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`GET /v1/jobs/${id}/results HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
  return await new Promise((resolve) => {
    socket.once('data', (bytes) => {
      socket.pause();
      resolve(bytes.toString('latin1').slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    });
  });
}

it.skipIf(process.platform !== 'linux')('slow readers are few, and hold little', async () => {
  const dataDir = await temporaryDirectory();
  const other = (await command(dataDir, 'keys', 'create', '--name', 'other')).trim();
  const { url, pid } = await serve((task) => onTestFinished(task), dataDir);
  const list = `file:///${'a'.repeat(1_900)}\n`.repeat(5_000);
  const [ours, theirs] = [clientOf(url), clientOf(url, other)];
  const [{ id }, small] = [await ours.send(list), await theirs.send('file:///etc/passwd\n')];
  await vi.waitFor(async () => expect(await ours.find(id)).toMatchObject({ state: 'done' }), {
    timeout: 60_000,
  });
  const before = memoryOf(pid);
  const statuses = new Map<string, number>();
  for (let reader = 0; reader < READERS; reader++) {
    const status = await ask(url, id, KEY);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    await sleep(PACE_MS);
  }
  // Two thirds of 256.
  expect([...statuses]).toEqual([
    ['200', 171],
    ['429', READERS - 171],
  ]);
  expect(memoryOf(pid) - before).toBeLessThan(MOST_MB);
  expect(await theirs.results(small.id)).toContain('"cursor":1');
});

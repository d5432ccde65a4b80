import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../src/server/connection.ts';
import { serveHere } from '../serve-here.ts';

/** Longer than the system holds for one who reads nothing. */
const LONG = 32 * 1024 * 1024;
const MS = 300;

/** Asks for a long answer. @returns the caller's end of the connection */
async function ask(bytesPerSecond = 1000 * LONG): Promise<{ caller: Socket; isOpen: () => boolean }> {
  const connections = new Connections(() => undefined);
  let own: Socket | undefined;
  const host = await serveHere((request, response) => {
    own = request.socket;
    connections.endUntaken(response, { ms: MS, bytesPerSecond });
    response.end(Buffer.alloc(LONG));
  });
  const caller = connect(Number(host.split(':')[1]), '127.0.0.1');
  onTestFinished(() => void caller.destroy());
  caller.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  return { caller, isOpen: () => own?.destroyed === false };
}

it('ends the connection of a caller who does not take the answer', async () => {
  const { isOpen } = await ask();
  await expect.poll(isOpen).toBe(true);
  await expect.poll(isOpen, { timeout: 5_000 }).toBe(false);
});

it('gives a slow caller time for a long answer', async () => {
  const { isOpen } = await ask(LONG / 1000);
  await sleep(3 * MS);
  expect(isOpen()).toBe(true);
});

it('leaves the connection of one who took it', async () => {
  const { caller, isOpen } = await ask();
  caller.resume();
  await expect.poll(() => caller.bytesRead).toBeGreaterThan(LONG);
  await sleep(2 * MS);
  expect(isOpen()).toBe(true);
});

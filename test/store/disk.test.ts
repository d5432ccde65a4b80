import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { Disk } from '../../src/store/disk.ts';

/** Longer than an answer of the system is believed. */
const LATER_MS = 1_100;
const FULL = expect.objectContaining({ code: 'job.disk_full' });

let disk: Disk;
/** What the system says is free. */
let free: number;
beforeEach(() => {
  free = 100;
  disk = new Disk({ folder: '/', floorBytes: 20 }, async () => free);
});

it('what is taken stays taken until it is given back, however long that is', async () => {
  const slow = await disk.take(50);
  await sleep(LATER_MS);
  await expect(disk.take(40)).rejects.toEqual(FULL);
  const other = await disk.take(30);
  slow.release();
  slow.release();
  await disk.take(50);
  await expect(disk.take(1)).rejects.toEqual(FULL);
  other.release();
  await disk.take(30);
});

it('what was written is counted once: until the system knows of it', async () => {
  const slow = await disk.take(50);
  slow.wrote(40);
  await expect(disk.take(31)).rejects.toEqual(FULL);
  free = 60;
  await sleep(LATER_MS);
  // 60 are free, 10 are still to come.
  await expect(disk.take(31)).rejects.toEqual(FULL);
  await disk.take(30);
});

it('no more is given back than was taken', async () => {
  const room = await disk.take(10);
  room.wrote(50);
  room.release();
  await expect(disk.take(71)).rejects.toEqual(FULL);
  await disk.take(70);
});

/** Two hundred pictures on the page: the time of its thread, and the memory that it gives back. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { useBench } from './bench.ts';
import { choose, example, SKIPPED, startBench } from './setup.ts';

/** What one move of a limit may cost with all pictures there, and what one more picture may, in ms of the page's thread: twice what it takes. */
const MOVE_MS = 50;
const PICTURE_MS = 100;
/** What a browser's own caches may keep after clearing, in bytes. */
const KEPT_BYTES = 1_500_000;
const MANY = 200;

describe.skipIf(SKIPPED)(`the page with ${MANY} pictures${SKIPPED}`, () => {
  const cleanup = cleanupAfterAll();
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  cleanup(() => rmSync(folder, { recursive: true }));
  const portraits = Array.from({ length: MANY }, (_, index) => join(folder, `${index}.jpg`));
  const bench = useBench(async (ends) => {
    await sharp(readFileSync(example('pass.jpg')))
      .resize(384)
      .toFile(portraits[0]!);
    for (const portrait of portraits.slice(1)) cpSync(portraits[0]!, portrait);
    return await startBench(ends);
  });

  test('stays smooth, and leaves nothing behind when they are cleared', async () => {
    const page = await bench.open();
    await page.addInitScript(COUNT_ADDRESSES);
    await page.reload();
    // Once before, so that what is made only once is not counted.
    await choose(page, portraits.slice(0, 2));
    await page.getByText('All 2 pictures are checked.').waitFor();
    await page.getByRole('button', { name: 'Forget all' }).click();
    const before = await heapAfterCollection(page);

    const costs = await threadClock(page);
    await choose(page, portraits);
    await page.getByText(`All ${MANY} pictures are checked.`).waitFor({ timeout: 90_000 });
    expect((await costs()) / MANY).toBeLessThan(PICTURE_MS);
    await page.getByRole('slider', { name: 'Limit of "Looking to the side"' }).focus();
    const movesCost = await threadClock(page);
    for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowLeft');
    expect((await movesCost()) / 20).toBeLessThan(MOVE_MS);
    expect(await page.evaluate('addresses.size')).toBeGreaterThan(MANY / 2);

    await page.getByRole('button', { name: 'Forget all' }).click();
    await page.getByRole('heading', { name: 'Check a portrait before you animate it' }).waitFor();
    const after = await heapAfterCollection(page);
    expect(await page.evaluate('addresses.size')).toBe(0);
    expect(after - before).toBeLessThan(KEPT_BYTES);
  }, 120_000);
});

async function heapAfterCollection(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.enable');
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}

/** Tells the processor time of the page's main thread from now on, in ms; unlike the wall's it knows no neighbours. */
async function threadClock(page: Page): Promise<() => Promise<number>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const begun = await read();
  return async () => (await read()) - begun;
}

/** Counts addresses of blobs that were not given back. */
const COUNT_ADDRESSES = `
  globalThis.addresses = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const address = createObjectURL(blob);
    addresses.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    addresses.delete(address);
    revokeObjectURL(address);
  };
`;

/** Rows and the contact sheet of many pictures are written as they come. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { many, noise } from './pictures.ts';
import { runMeasured } from './spawn.ts';

/** Two folders of the same picture, and that picture's bytes. */
async function makeFolders(few: number, lots: number) {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-memory-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bytes = await noise(512, 512);
  await many(join(folder, 'lots'), lots, bytes);
  await many(join(folder, 'few'), few, bytes);
  return { folder, bytes };
}

test('memory stays flat: five times the pictures take no more', async () => {
  const { folder } = await makeFolders(80, 400);
  const measure = (name: string) =>
    runMeasured(['check', '--jobs', '2', '--report', join(folder, `${name}.html`), join(folder, name)]);
  const [few, lots] = [await measure('few'), await measure('lots')];
  // Held in memory, the files alone would be over 100 MB more.
  expect(lots.maxRss - few.maxRss).toBeLessThan(80);
}, 120_000);

test('memory stays flat without a report as well: a thousand pictures take no more than two hundred', async () => {
  const { folder, bytes } = await makeFolders(200, 1000);
  // Their bytes alone would be 100 MiB more, if they were kept.
  expect(bytes.length * 800).toBeGreaterThan(80 * 2 ** 20);
  const measure = (name: string) => runMeasured(['check', '--csv', '--jobs', '2', join(folder, name)]);
  const [few, lots] = [await measure('few'), await measure('lots')];
  expect(few.out.split('\n')).toHaveLength(202);
  expect(lots.out.split('\n')).toHaveLength(1002);
  expect(lots.maxRss - few.maxRss).toBeLessThan(80);
}, 180_000);

/** The repair: what can be mended, another face, and what stays refused. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, choose, example, expectVerdict, SKIPPED, startBench } from './setup.ts';

describe.skipIf(SKIPPED)(`the repair on the page${SKIPPED}`, () => {
  const tasks: (() => void | Promise<void>)[] = [];
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench((task) => tasks.push(task));
  });
  afterEach(async () => expect(await bench.close()).toEqual([]));
  afterAll(async () => {
    for (const task of tasks.reverse()) await task();
  });

  test('a face lost in a large frame is cropped to; the result stands beside what it was made from', async () => {
    const buffer = await sharp(readFileSync(example('pass.jpg')))
      .extend({ left: 2400, right: 600, top: 600, bottom: 1200, background: '#788ca0' })
      .jpeg()
      .toBuffer();
    const page = await bench.open();
    await choose(page, { name: 'far.jpg', mimeType: 'image/jpeg', buffer });
    await expectVerdict(page, 'Refused', 'Face too small');
    await page.getByRole('button', { name: 'Fix', exact: true }).click();
    await expectVerdict(page, 'Passes');
    const before = page.getByRole('region', { name: 'Before it was fixed' });
    expect(await before.getByRole('listitem').count()).toBeGreaterThan(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save the picture' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('far-fixed.jpg');
    const { format, width } = await sharp(readFileSync(await download.path())).metadata();
    expect(format).toBe('jpeg');
    expect(width).toBeLessThan(3000);
    await before.getByRole('button').click();
    await expectVerdict(page, 'Refused', 'Face too small');
  });

  test('another face than the largest can be chosen', async () => {
    const page = await bench.open();
    await choose(page, example('group.jpg'));
    await expectVerdict(page, 'Passes', '2 faces');
    await page.getByRole('button', { name: 'Crop to face 2' }).click();
    await page.getByRole('button', { name: 'group-fixed.jpg', exact: true }).waitFor();
    await page.getByText('All 2 pictures are checked.').waitFor();
  });

  test('what cannot be repaired says why', async () => {
    const page = await bench.open();
    await choose(page, example('profile.jpg'));
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.getByRole('button', { name: 'Fix', exact: true }).click();
    await expectVerdict(page, 'Refused', 'This cannot be fixed.');
  });
});

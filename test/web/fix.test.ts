/** The repair: what can be mended, another face, and what stays refused. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { choose, example, expectVerdict, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the repair on the page${SKIPPED}`, () => {
  const bench = useBench();

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

  test('what no repair can change is offered none, and says what to do', async () => {
    const page = await bench.open();
    const fix = page.getByRole('button', { name: 'Fix', exact: true });
    await choose(page, example('profile.jpg'));
    await expectVerdict(
      page,
      'Refused',
      'Face in profile',
      'Use a picture that shows both eyes',
      'nothing to fix',
    );
    expect(await fix.count()).toBe(0);
    await choose(page, example('small.jpg'));
    await expectVerdict(page, 'Refused', 'Face too small', 'Cropping is not enough.', 'nothing to fix');
    expect(await page.getByRole('region', { name: 'Verdict' }).textContent()).not.toContain('Crop closer');
    expect(await fix.count()).toBe(0);
    await choose(page, example('none.jpg'));
    await expectVerdict(page, 'Refused', 'No human face', 'nothing to fix');
    // A large picture may have a face that is seen from closer only, and says that this is why a repair is offered.
    const field = sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#6a7' } });
    await choose(page, { name: 'field.jpg', mimeType: 'image/jpeg', buffer: await field.jpeg().toBuffer() });
    await expectVerdict(page, 'Refused', 'No human face', 'Fix looks closer');
    expect(await fix.count()).toBe(1);
    // What could not be measured is folded; once a repair came to nothing, what to do instead stands in its place.
    expect(await page.getByRole('slider').count()).toBeLessThan(5);
    await page.getByText(/limits of what could not be measured$/).click();
    expect(await page.getByRole('slider').count()).toBeGreaterThan(15);
    await fix.click();
    await page.getByText('This cannot be fixed.').waitFor();
    expect(await fix.count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Verdict' }).textContent()).not.toContain('Fix looks');
    // Whoever moves a limit is told that the limit is what refuses.
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    await page.getByRole('slider', { name: 'Limit of "Face size"' }).focus();
    await page.keyboard.press('End');
    await expectVerdict(page, 'Refused', 'Only the limits that you have moved refuse this picture.');
    expect(await fix.count()).toBe(0);
    await page.getByRole('button', { name: 'Reset limits' }).click();
    // And whoever switches one off is not told that the generator will take the picture.
    await page.getByRole('button', { name: 'profile.jpg', exact: true }).click();
    for (const name of ['Profile', 'Looking to the side']) {
      await page.getByRole('slider', { name: `Limit of "${name}"` }).focus();
      await page.keyboard.press('End');
    }
    await expectVerdict(page, 'Passes', 'passes your limits. The usual limits refuse it: Face in profile.');
  });

  test('twelve faces are buttons on the picture, for keyboards too', async () => {
    const tileOf = (edge: number) =>
      sharp(readFileSync(example('pass.jpg')))
        .resize(edge, edge)
        .toBuffer();
    const [tile, largest] = await Promise.all([tileOf(300), tileOf(330)]);
    const tiles = Array.from({ length: 12 }, (_, at) => ({
      input: at === 0 ? largest : tile,
      left: (at % 4) * 310,
      top: Math.floor(at / 4) * 310,
    }));
    const buffer = await sharp({ create: { width: 1260, height: 960, channels: 3, background: '#cccccc' } })
      .composite(tiles)
      .jpeg()
      .toBuffer();
    const page = await bench.open();
    await choose(page, { name: 'crowd.jpg', mimeType: 'image/jpeg', buffer });
    await expectVerdict(page, 'faces', 'To use another face, press it in the picture.');
    const stage = page.getByRole('region', { name: 'Picture', exact: true });
    const buttons = stage.getByRole('button', { name: /^Crop to face \d+$/ });
    expect(await buttons.count()).toBe(11);
    for (const box of await Promise.all((await buttons.all()).map((button) => button.boundingBox())))
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(24);
    await buttons.nth(4).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'crowd-fixed.jpg', exact: true }).waitFor();
    await page.getByText('All 2 pictures are checked.').waitFor();
  });
});

/** More pictures than one: the table, its filters and exports, moving limits, and the service's rate. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../server/build.ts';
import { useBench } from './bench.ts';
import { choose, copyOf, drop, example, expectVerdict, paste, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the page with many pictures${SKIPPED}`, () => {
  const bench = useBench();

  test('the table shows each, filters by reason, and leads to the picture', async () => {
    const page = await bench.open();
    const promises = await page.locator('.example .outcome').allTextContents();
    expect(promises).toHaveLength(11);
    await page.getByRole('button', { name: 'Try all of them' }).click();
    await page.getByText('All 11 pictures are checked.').waitFor();
    const rows = page.getByRole('row');
    expect(await rows.count()).toBe(12);
    await expect.poll(() => page.locator('.thumb img').count()).toBe(11);
    // The start has said before what comes of each.
    const verdicts = await page.locator('tbody tr').allTextContents();
    for (const [at, promised] of promises.entries()) expect(verdicts[at]).toContain(promised.trim());
    await page.getByRole('button', { name: 'Face in profile 1' }).click();
    expect(await rows.count()).toBe(2);
    await page.getByRole('button', { name: 'profile.jpg', exact: true }).click();
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.getByRole('button', { name: 'All 11', exact: true }).click();
    await page.getByRole('button', { name: 'group.jpg', exact: true }).click();
    await page.getByText('1 · used').waitFor();
  });

  test('the table is sorted by quality, and back', async () => {
    const page = await bench.open();
    await drop(page, [example('profile.jpg'), example('pass.jpg'), example('obstructed.jpg')]);
    await page.getByText('All 3 pictures are checked.').waitFor();
    const names = () => page.locator('tbody th[scope=row]').allTextContents();
    const asTheyCame = await names();
    await page.getByRole('button', { name: 'Quality' }).click();
    expect((await names())[0]).toBe('pass.jpg');
    const scores = (await page.locator('tbody td.number:nth-child(6)').allTextContents()).map(Number);
    expect(scores).toHaveLength(3);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(await page.getByRole('columnheader', { name: 'Quality' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    const worst = page.getByRole('columnheader', { name: 'Quality' });
    await page.getByRole('button', { name: 'Quality' }).click();
    expect(await worst.getAttribute('aria-sort')).toBe('ascending');
    expect((await names()).at(-1)).toBe('pass.jpg');
    await page.getByRole('button', { name: 'Quality' }).click();
    expect(await names()).toEqual(asTheyCame);
    await page.getByRole('button', { name: 'Name' }).click();
    expect(await names()).toEqual(['obstructed.jpg', 'pass.jpg', 'profile.jpg']);
    await page.getByRole('button', { name: 'pass.jpg', exact: true }).click();
    await page.getByText(/^Quality \d+\.\d of 100/).click();
    expect(await page.getByRole('meter', { name: 'Facing the camera' }).isVisible()).toBe(true);
  });

  test('a reason that no picture has any more is not filtered by', async () => {
    const page = await bench.open();
    await choose(page, [copyOf('pass.jpg', 'a.jpg'), copyOf('none.jpg', 'b.jpg')]);
    await page.getByText('All 2 pictures are checked.').waitFor();
    await page.getByRole('button', { name: 'No human face 1' }).click();
    const remove = page.getByRole('button', { name: /^Remove / });
    expect(await remove.count()).toBe(1);
    await remove.click();
    await page.getByRole('button', { name: 'Remove a.jpg' }).waitFor();
    expect(await page.getByRole('button', { name: 'All 1', pressed: true }).count()).toBe(1);
  });

  test('moving a limit judges all of them again at once, without a request', async () => {
    const page = await bench.open();
    await drop(page, [example('pass.jpg'), example('profile.jpg'), example('painting.jpg')]);
    await page.getByText('All 3 pictures are checked.').waitFor();
    let requests = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') requests++;
    });
    const passing = page.getByRole('button', { name: /^Passes/ });
    expect(await passing.textContent()).toBe('Passes 2');
    const slider = page.getByRole('slider', { name: 'Limit of "Face size"' });
    await slider.focus();
    await page.keyboard.press('End');
    expect(await slider.getAttribute('aria-valuetext')).toBe('at least 640 px');
    await expectVerdict(page, 'Refused', 'Face too small', 'limit 640 px');
    expect(await passing.count()).toBe(0);
    await page.getByRole('button', { name: 'Reset limits' }).click();
    await expectVerdict(page, 'Passes');
    expect(requests).toBe(0);
  });

  test('the table is saved as CSV and as JSON, with what a spreadsheet would run made harmless', async () => {
    const page = await bench.open();
    await choose(page, [
      copyOf('pass.jpg', '=cmd,"x".jpg'),
      copyOf('profile.jpg', '＋b.jpg'),
      copyOf('obstructed.jpg', 'c.jpg'),
    ]);
    await page.getByText('All 3 pictures are checked.').waitFor();
    const csv = await saved(page, 'Save CSV');
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFname,verdict,reason,advice,faces,width,height,face,/);
    expect(lines[0]).toMatch(/,whole,cover,covered,quality$/);
    // Who reads it by the heads has one column of each.
    const heads = lines[0]!.split(',');
    expect(new Set(heads).size).toBe(heads.length);
    expect(lines[1]).toMatch(/^"'=cmd,""x"".jpg",pass,,,1,768,768,/);
    expect(lines[2]).toMatch(/^'＋b.jpg,refused,face.profile,"?The head is very likely in profile/);
    expect(lines[1]).toMatch(/,,,[\d.]+$/);
    expect(lines[3]).toMatch(/,cloth,nose mouth chin,[\d.]+$/);
    const { policy, pictures } = JSON.parse(await saved(page, 'Save JSON'));
    expect(policy).toMatchObject({ maxYaw: 50, enforce: [] });
    expect(pictures.map(({ reason }: { reason: string }) => reason)).toEqual([
      '',
      'face.profile',
      'face.obstructed',
    ]);
    expect(pictures[0].inspection.subject.mesh).toHaveLength(468 * 3);
  });

  test("a batch keeps to the key's rate and loses nothing", async () => {
    const slow = await bench.service.createKey({ qps: 5 });
    const page = await bench.open({ key: slow.secret });
    let refused = 0;
    page.on('response', (response) => {
      if (response.status() === 429) refused++;
    });
    const host = await serve(onTestFinished, (_request, response) =>
      response.end(readFileSync(example('pass.jpg'))),
    );
    await paste(page, Array.from({ length: 15 }, (_, i) => `${host}/${i}.jpg`).join('\n'));
    await page.getByText('All 15 pictures are checked.').waitFor();
    await page.getByRole('button', { name: 'Passes 15' }).waitFor();
    expect(refused).toBeLessThan(15);
  });
});

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** Where the list of pictures is, and which of its lines are in sight. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { choose, copyOf, expectVerdict, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the list of pictures${SKIPPED}`, () => {
  const bench = useBench();

  test('the line of the picture that is shown large is in sight, and the page stays where it is', async () => {
    const page = await bench.open({ key: '', viewport: { width: 1280, height: 600 } });
    const first = Array.from({ length: 14 }, (_, at) => copyOf('profile.jpg', `first-${at}.jpg`));
    await choose(page, first);
    await page.getByText('All 14 pictures are checked.').waitFor();
    await choose(page, [copyOf('pass.jpg', 'second-0.jpg'), copyOf('profile.jpg', 'second-1.jpg')]);
    await page.getByText('All 16 pictures are checked.').waitFor();
    await expectVerdict(page, 'Passes');
    await expect.poll(() => currentLine(page)).toEqual({ name: 'second-0.jpg', isInSight: true });
    expect(await page.evaluate('scrollY')).toBe(0);
    // Upwards the head is in the way.
    await page.getByRole('button', { name: 'second-0.jpg', exact: true }).focus();
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowUp');
    await expect.poll(() => currentLine(page)).toEqual({ name: 'first-2.jpg', isInSight: true });
  });

  test('on a phone the list stands above the checks of one picture, for keyboards and readers too', async () => {
    const page = await bench.open({ key: '', viewport: { width: 390, height: 844 } });
    const list = page.getByRole('region', { name: '2 pictures' });
    const checks = page.getByRole('region', { name: 'Checks' });
    const order = () =>
      page.evaluate(
        "[...document.querySelectorAll('.list, .checks')].map(({ className }) => className.split(' ')[0])",
      );
    await choose(page, copyOf('pass.jpg', 'first.jpg'));
    await expectVerdict(page, 'Passes');
    expect(await order()).toEqual(['checks', 'list']);
    await choose(page, copyOf('profile.jpg', 'second.jpg'));
    await page.getByText('All 2 pictures are checked.').waitFor();
    expect(await order()).toEqual(['list', 'checks']);
    expect((await list.boundingBox())!.y).toBeLessThan((await checks.boundingBox())!.y);
    // Beside one another the checks are no further away than the list.
    await page.setViewportSize({ width: 1280, height: 844 });
    await expect.poll(order).toEqual(['checks', 'list']);
  });

  test('on a large screen a button above the checks leads to the list, for the eye and the keyboard', async () => {
    const page = await bench.open({ key: '', viewport: { width: 1280, height: 844 } });
    const toList = page.getByRole('button', { name: /^See all/ });
    await choose(page, copyOf('pass.jpg', 'first.jpg'));
    await expectVerdict(page, 'Passes');
    expect(await toList.count()).toBe(0);
    await choose(page, copyOf('profile.jpg', 'second.jpg'));
    await page.getByText('All 2 pictures are checked.').waitFor();
    await toList.click();
    const title = page.getByRole('heading', { name: '2 pictures' });
    const { y, height } = (await title.boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(844);
    // The first that the keyboard comes to from there is the list's own.
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate("document.activeElement.closest('.list') !== null")).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => toList.count()).toBe(0);
  });
});

/** The line of the picture that is shown large, and whether all of it is between the table's head and its end. */
async function currentLine(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const line = document.querySelector('tr[aria-current=true]');
    const { top, bottom } = line.getBoundingClientRect();
    const isInSight =
      top >= document.querySelector('thead').getBoundingClientRect().bottom - 1 &&
      bottom <= document.querySelector('.scroller').getBoundingClientRect().bottom + 1;
    return { name: line.querySelector('th').textContent, isInSight };
  })()`);
}

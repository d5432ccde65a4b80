/** The choice of a generator: pictures are judged again at once, it is remembered, and requests and repairs say it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, choose, example, expectVerdict, SKIPPED, startBench } from './setup.ts';

describe.skipIf(SKIPPED !== '')(`the generator${SKIPPED}`, () => {
  let bench: Bench;
  const tasks: (() => void | Promise<void>)[] = [];
  beforeAll(async () => {
    bench = await startBench((task) => void tasks.unshift(task));
  }, 60_000);
  afterEach(async () => expect(await bench.close()).toEqual([]));
  afterAll(async () => {
    for (const task of tasks) await task();
  });

  test('judges again at once, is in the request to copy, and comes back with the page', async () => {
    const page = await bench.open();
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes', 'work with LivePortrait');
    const choice = page.getByLabel('What the pictures are for');
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') sent++;
    });
    await choice.selectOption('hallo');
    await expectVerdict(page, 'Refused', 'Face too small');
    expect(await page.getByRole('listitem').filter({ hasText: 'Picture shape' }).count()).toBe(1);
    expect(sent).toBe(0);
    expect(await page.locator('.snippets code').textContent()).toContain('{"for":"hallo"}');

    await page.reload();
    expect(await choice.inputValue()).toBe('hallo');
    await choice.selectOption('liveportrait');
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('is what a repair is made for', async () => {
    const page = await bench.open();
    await page.getByLabel('What the pictures are for').selectOption('aniportrait');
    await choose(page, example('pass.jpg'));
    await page.getByRole('button', { name: 'Fix' }).click();
    await page.getByRole('link', { name: 'Save the picture' }).waitFor();
    await expectVerdict(page, 'Passes', 'work with AniPortrait');
  });
});

/** The choice of a generator: pictures are judged again at once, it is remembered, and requests and repairs say it. */
import { describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { choose, example, expectVerdict, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED !== '')(`the generator${SKIPPED}`, () => {
  const bench = useBench();

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

  test('a link to limits says which they are for, whatever was chosen before', async () => {
    const page = await bench.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const choice = page.getByLabel('What the pictures are for');
    await choice.selectOption('hallo');
    await page.goto(`${bench.service.url}/?#limits=maxYaw:40`);
    expect(await choice.inputValue()).toBe('liveportrait');
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes', 'work with LivePortrait');
    await page.getByRole('button', { name: 'Reset limits' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Link copied' }).waitFor();
    const link = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(new URL(link).hash).toBe('#limits=for:liveportrait');
  });

  test("is the service's own where nobody has chosen one", async () => {
    const page = await bench.open();
    await page.route('**/service.json', async (route) => {
      const { service } = await (await route.fetch()).json();
      await route.fulfill({ json: { service: { policy: { ...service.policy, for: 'hallo' } } } });
    });
    const choice = page.getByLabel('What the pictures are for');
    await page.reload();
    await expect.poll(() => choice.inputValue()).toBe('hallo');
    expect(new URL(page.url()).hash).toBe('');
    await choice.selectOption('liveportrait');
    await page.reload();
    expect(await choice.inputValue()).toBe('liveportrait');
  });

  test('limits that another release has told do not spoil the verdict', async () => {
    const page = await bench.open();
    await page.route('**/service.json', async (route) => {
      const { service } = await (await route.fetch()).json();
      const { maxProfile: _old, ...policy } = service.policy;
      await route.fulfill({ json: { service: { policy: { ...policy, minFaceWidth: 640, maxNews: 1 } } } });
    });
    await page.reload();
    await page.getByLabel('Address of a picture').waitFor();
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Refused', 'limit 640 px');
    expect(await page.getByRole('main').textContent()).not.toContain('NaN');
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

/** For everybody: keyboards, screen readers, phones, slow lines; and nothing from elsewhere. */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PAGE_WORDS } from '../../web/src/words/catalogue.ts';
import { audit } from './axe.ts';
import { useBench } from './bench.ts';
import { choose, copyOf, expectVerdict, SKIPPED } from './setup.ts';

/** What the first sight of the page may weigh on the wire, in bytes. */
const BUDGET_BYTES = 150 * 1024;
const PHONE = {
  locale: 'zh-CN',
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
} as const;
const LARGE = { viewport: { width: 1440, height: 900 } } as const;

describe.skipIf(SKIPPED)(`the page for everybody${SKIPPED}`, () => {
  const bench = useBench();

  test('all of it can be done with a keyboard', async () => {
    const page = await bench.open({ key: '' });
    await press(page, 'Enter key');
    // The dialog has taken the focus to its field.
    await page.getByRole('dialog', { name: 'A key is needed' }).waitFor();
    await page.keyboard.type(bench.service.key.secret);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Forget key' }).waitFor();
    await press(page, 'Try all of them');
    await page.getByText('All 11 pictures are checked.').waitFor();

    await press(page, 'Points');
    expect(await page.locator('path.mesh').count()).toBe(1);
    await tabTo(page, 'Limit of "Face size"');
    await page.keyboard.press('End');
    await expectVerdict(page, 'Refused', 'Face too small');
    await press(page, 'Reset limits');
    await tabTo(page, 'pass.jpg');
    for (let row = 0; row < 5; row++) await page.keyboard.press('ArrowDown');
    await expectVerdict(page, 'Refused', 'Face in profile');
    await page.keyboard.press('ArrowUp');
    await expectVerdict(page, 'Passes');
    await press(page, 'Forget all', 'Shift+Tab');
    await page.getByRole('heading', { name: 'Check a portrait before you animate it' }).waitFor();
  });

  test.each([
    ['a large screen, in English', LARGE],
    ['a phone, in Chinese', PHONE],
  ] as const)(
    'axe finds nothing on %s, light or dark, and it fits',
    async (_name, options) => {
      const { header, key, start, status, verdict, checks, unopened } =
        PAGE_WORDS[options === PHONE ? 'zh-CN' : 'en'];
      const page = await bench.open({ key: '', bypassCSP: true, ...options });
      const faults = [await audit(page)];
      await page.getByRole('button', { name: header.enterKey }).click();
      await page.getByRole('dialog').waitFor();
      faults.push(await audit(page));
      await page.getByRole('button', { name: key.notNow }).click();
      await page.getByRole('button', { name: start.all }).click();
      await page.getByText(status.allDone(11)).waitFor();
      faults.push(await audit(page));
      await page.getByRole('button', { name: 'obstructed.jpg', exact: true }).click();
      await page.getByRole('heading', { name: verdict.standings.refused }).waitFor();
      await page.locator('.enforce input').first().check();
      await page.getByText(checks.yours).waitFor();
      await page.getByRole('button', { name: checks.explain }).click();
      faults.push(await audit(page));
      // Faces as buttons, a file that this browser cannot open, and a link with strange limits.
      await page.getByRole('button', { name: 'group.jpg', exact: true }).click();
      await page.locator('.face-button').waitFor();
      faults.push(await audit(page));
      const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
      await page
        .locator('#chooser')
        .setInputFiles({ name: 'IMG_1234.HEIC', mimeType: 'image/heic', buffer: heic });
      await page.getByText(unopened.what('HEIC')).waitFor();
      await page.evaluate("location.hash = '#limits=maxYaw:4000'");
      await page.getByText(status.strangeLink).waitFor();
      faults.push(await audit(page));
      expect(faults.flat()).toEqual([]);
      const [width, room] = (await page.evaluate(
        '[document.documentElement.scrollWidth, innerWidth]',
      )) as number[];
      expect(width).toBeLessThanOrEqual(room!);
    },
    60_000,
  );

  test('the focus stays, and goes on to the verdict where its button goes away', async () => {
    const page = await bench.open();
    const focused = () => page.evaluate(FOCUSED_NAME);
    await press(page, 'Try all of them');
    await page.getByText('All 11 pictures are checked.').waitFor();
    await expect.poll(focused).toBe('Passes');
    await press(page, 'Points');
    expect(await focused()).toBe('Points');
    await press(page, 'Explain the checks');
    expect(await focused()).toBe('Explain the checks');
    await tabTo(page, 'Limit of "Face size"');
    await page.keyboard.press('ArrowRight');
    await press(page, 'Reset limits', 'Shift+Tab');
    await expect.poll(focused).toBe('Passes');
    await press(page, 'Remove pass.jpg');
    await expect.poll(focused).toBe('Remove painting.jpg');
    await press(page, 'Forget all', 'Shift+Tab');
    await expect.poll(focused).toBe('Choose pictures');
    // A click beside everything takes the focus away, and nothing brings it back.
    await page.getByRole('heading', { name: 'Or try an example' }).evaluate((heading) => {
      (document.activeElement as HTMLElement).blur();
      heading.remove();
    });
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  });

  test("what is pressed and what is chosen show in the system's own colours", async () => {
    const page = await bench.open({ forcedColors: 'active' });
    await choose(page, [copyOf('pass.jpg', 'a.jpg'), copyOf('none.jpg', 'b.jpg')]);
    await page.getByText('All 2 pictures are checked.').waitFor();
    const ground = (name: string) =>
      page
        .getByRole('group', { name: 'Layers' })
        .getByRole('button', { name })
        .evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(await ground('Faces')).not.toBe(await ground('Points'));
    const lines = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => getComputedStyle(row).outlineStyle));
    expect(lines).toEqual(['solid', 'none']);
  });

  test('the first sight is light, compressed, and from here only', async ({ annotate }) => {
    const page = await bench.open({ key: '' });
    await page.waitForLoadState('networkidle');
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: true });
    const urls: string[] = [];
    let bytes = 0;
    client.on('Network.responseReceived', ({ response }) => urls.push(response.url));
    client.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.reload({ waitUntil: 'networkidle' });
    expect(urls.length).toBeGreaterThan(3);
    for (const url of urls) expect(new URL(url).origin).toBe(bench.service.url);
    await annotate(`${Math.round(bytes / 1024)} KB in ${urls.length} answers`);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
  });

  test('the page forbids what it does not need', async () => {
    const { headers } = await fetch(bench.service.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    // WebAssembly needs a word of its own; scripts stay what they are.
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const page = await bench.open();
    expect(await page.evaluate(ESCAPE)).toBe('refused');
    // The attempt is what the browser has complained of.
    expect((await bench.close()).join()).toContain('Content Security Policy');
  });

  test('texts come as the browser can take them, and hashed names are kept', async () => {
    const html = await (await fetch(bench.service.url)).text();
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
    const get = (encoding: string) =>
      fetch(bench.service.url + script, { headers: { 'accept-encoding': encoding } });
    for (const encoding of ['br', 'gzip']) {
      const response = await get(encoding);
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
    expect((await get('identity')).headers.get('content-encoding')).toBeNull();
  });
});

/** Goes from one thing to the next until the one of this name has the focus. */
async function tabTo(page: Page, name: string, step = 'Tab'): Promise<void> {
  for (let at = 0; at < 120; at++) {
    await page.keyboard.press(step);
    if ((await page.evaluate(FOCUSED_NAME)) === name) return;
  }
  throw new Error(`A keyboard does not come to "${name}".`);
}

async function press(page: Page, name: string, step = 'Tab'): Promise<void> {
  await tabTo(page, name, step);
  await page.keyboard.press('Enter');
}

const FOCUSED_NAME = `(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()`;

/** Tries to send something elsewhere. */
const ESCAPE = `fetch('https://example.com/').then(() => 'sent', () => 'refused')`;

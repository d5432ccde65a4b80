/** The contact sheet of `check --report` in a browser: from one file, in both languages, with names that mean harm. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PASS } from '../cli/pictures.ts';
import { start } from '../cli/spawn.ts';
import { audit, faultsOf } from '../web/axe.ts';
import { CHROMIUM, CHROMIUM_ARGUMENTS, SKIPPED } from '../web/chromium.ts';

const EXAMPLES = join(PASS, '..');
const NAMES = ['cut_off', 'group', 'none', 'obstructed', 'pass', 'profile', 'small'];
/** Names as only somebody who means harm gives them. */
const HOSTILE = [
  '"><img src=x onerror=alert(1)>.jpg',
  '</script><script>alert(1)<.jpg',
  '{shown}\u202egpj.jpg',
];

describe.skipIf(SKIPPED !== '')(`the contact sheet${SKIPPED}`, { timeout: 120_000 }, () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lpd-report-'));
    mkdirSync(join(folder, 'in'));
    for (const name of NAMES) copyFileSync(join(EXAMPLES, `${name}.jpg`), join(folder, 'in', `${name}.jpg`));
    for (const name of HOSTILE)
      writeFileSync(join(folder, 'in', name.replaceAll('/', '\u2215')), 'no picture');
    for (const language of ['en', 'zh-CN']) {
      const args = ['check', 'in', '-q', '--format', 'html', '-o', `${language}.html`, '--lang', language];
      expect((await start(args, { cwd: folder }).ended).code).toBe(3);
    }
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(language: string, width = 1024): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    onTestFinished(() => page.close());
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (!/^(?:file|data):/.test(request.url())) faults.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, `${language}.html`)).href);
    return { page, faults };
  }

  test('shows every picture, asks for nothing, and lets no name do anything', async () => {
    const { page, faults } = await open('en');
    expect(await page.locator('article').count()).toBe(NAMES.length + HOSTILE.length);
    expect(await page.locator('h3').allTextContents()).toContain(`in/${HOSTILE[0]}`);
    expect(await page.locator('article img').count()).toBe(NAMES.length);
    expect(faults).toEqual([]);
  });

  test('filters by verdict, reason and text, and says how many are left', async () => {
    const { page } = await open('en');
    const left = () => page.locator('article:visible h3').allTextContents();
    const shown = page.locator('#shown');
    expect(await shown.textContent()).toBe('10 of 10 pictures are shown');
    await page.selectOption('#verdict', 'pass');
    expect(await left()).toEqual(['in/group.jpg', 'in/pass.jpg']);
    await page.selectOption('#verdict', 'fail');
    await page.selectOption('#reason', 'face.profile');
    expect(await left()).toEqual(['in/profile.jpg']);
    expect(await page.locator('h2:visible').count()).toBe(1);
    expect(await shown.textContent()).toBe('1 of 10 pictures are shown');
    await page.selectOption('#verdict', '');
    await page.selectOption('#reason', '');
    await page.fill('#text', 'MASK');
    expect(await left()).toEqual(['in/obstructed.jpg']);
    await page.fill('#text', 'nowhere');
    expect(await shown.textContent()).toBe('0 of 10 pictures are shown');
  });

  test('has a line for each measure, with its limit', async () => {
    const { page } = await open('en');
    const card = page.locator('article', { hasText: 'in/profile.jpg' });
    await card.locator('summary').click();
    const row = card.locator('tr[data-status=fail]').first();
    expect(await row.textContent()).toMatch(/\d+%≤ \d+%/);
    expect(await row.locator('svg').isVisible()).toBe(true);
    // What is as large as its limit is written like it.
    expect(await card.locator('tr').last().textContent()).toBe('File complete0≤ 0');
  });

  test.each([
    ['en', 390],
    ['en', 1024],
    ['zh-CN', 390],
    ['zh-CN', 1440],
  ])('axe finds nothing in %s at %i px, light or dark, and it fits', async (language, width) => {
    const { page } = await open(language, width);
    await page.locator('summary').first().click();
    expect(await audit(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test.each(['en', 'zh-CN'])(
    'axe finds nothing in %s where a filter leaves one picture, or none',
    async (language) => {
      const { page } = await open(language, 390);
      for (const text of ['MASK', 'obstructed', 'nowhere']) {
        await page.fill('#text', text);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await faultsOf(page), `${text} ${colorScheme}`).toEqual([]);
        }
      }
    },
  );

  test('is printed without its controls, with the measures of every card', async () => {
    const { page } = await open('en');
    await page.locator('summary').first().click();
    const isOpen = 'document.querySelectorAll("details[open]").length';
    await page.evaluate(`addEventListener('beforeprint', () => { window.printed = ${isOpen}; })`);
    await page.pdf();
    expect(await page.evaluate('window.printed')).toBe(NAMES.length);
    expect(await page.evaluate(isOpen)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.locator('article:visible').count()).toBe(NAMES.length + HOSTILE.length);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});

/** The page on a host that has no service: the build's folder as it is, below a prefix. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSERS, openBrowser, type Site, serveSite, whySkipped } from '../browser/browsers.ts';

const FOLDER = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const PREFIX = '/portraits/check/';
/** How soon there is a verdict on a first visit, in milliseconds; more on a machine that does other things as well. */
const SOON_MS = 3_000;
const BUSY_FACTOR = 3;

describe.each(BROWSERS)('the published folder in $name', (which) => {
  const skipped = whySkipped(which);
  let site: Site;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    if (skipped) return;
    site = await serveSite({ [PREFIX]: FOLDER });
    browser = await openBrowser(which);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test.skipIf(skipped)(`judges a portrait at a first visit, and asks nobody${skipped}`, async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const origins = new Set<string>();
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) origins.add(new URL(request.url()).origin);
    });
    await page.goto(site.address + PREFIX, { waitUntil: 'networkidle0' });
    // What only a service can do is not offered.
    expect(await page.$$('.intake form, nav')).toEqual([]);
    const begun = performance.now();
    await page.click('.example');
    await page.waitForFunction(`document.querySelector('#verdict')?.textContent.includes('Passes')`);
    expect(performance.now() - begun).toBeLessThan(SOON_MS * BUSY_FACTOR);
    expect(await page.$eval('#verdict', ({ textContent }) => textContent)).toContain('Nothing was sent');
    expect([...origins]).toEqual([site.address]);
    expect(site.asked.every((path) => path.startsWith(PREFIX))).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.skipIf(skipped)(`fits the narrowest screen, with what a service adds too${skipped}`, async () => {
    const served = await serveSite(
      { [PREFIX]: FOLDER },
      { [`${PREFIX}service.json`]: '{"service":{"policy":{}}}' },
    );
    const page = await browser.newPage();
    await page.setViewport({ width: 320, height: 640 });
    await page.goto(served.address + PREFIX);
    await page.waitForSelector('.intake form');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.close();
    await served.close();
  });
});

/** The reference in a browser: for everybody, in both languages, and nothing from elsewhere. */
import { describe, expect, test } from 'vitest';
import { audit } from './axe.ts';
import { useBench } from './bench.ts';
import { SKIPPED } from './setup.ts';

const SIZES = { 'a large screen': 1440, 'a tablet': 1024, 'a phone': 390 } as const;

describe.skipIf(SKIPPED)(`the reference${SKIPPED}`, () => {
  const bench = useBench();

  test.each(['en', 'zh-CN'])(
    'axe finds nothing in %s, folded or not, on any screen, and it fits',
    async (locale) => {
      // What axe itself needs is forbidden by the page.
      const page = await bench.open({ key: '', bypassCSP: true, locale });
      await page.goto(`${bench.service.url}/docs/`);
      expect(await page.getAttribute('html', 'lang')).toBe(locale);
      expect(await audit(page)).toEqual([]);
      await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
      // Some thousand fields take axe a while, and are marked up alike in each language.
      if (locale === 'en') expect(await audit(page)).toEqual([]);
      for (const [name, width] of Object.entries(SIZES)) {
        await page.setViewportSize({ width, height: 800 });
        const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(tooWide), name).toBe(0);
      }
    },
    120_000,
  );

  test('opens from the page in the language that was chosen there', async () => {
    const page = await bench.open({ key: '', locale: 'en' });
    for (const [language, title] of [
      ['中文', 'API 参考'],
      ['English', 'API reference'],
    ] as const) {
      await page.getByRole('button', { name: language }).click();
      await page.getByRole('link', { name: 'API', exact: true }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      await page.goBack();
    }
  });

  test('works without scripts, under its own policy, and leads to the other language and the description', async () => {
    const page = await bench.open({ key: '', javaScriptEnabled: false, locale: 'en' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${bench.service.url}/docs`);
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('heading', { name: 'API 参考' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/docs/');
    await page.getByRole('link', { name: '修复一张图片' }).click();
    expect(await page.getByRole('heading', { name: '修复一张图片' }).isVisible()).toBe(true);
    const style = await page
      .getByRole('main')
      .evaluate((main) => getComputedStyle(main.ownerDocument.body).maxWidth);
    expect(style).not.toBe('none');
    const described = await page.getByRole('link', { name: /OpenAPI/ }).getAttribute('href');
    expect(new URL(described ?? '', page.url()).pathname).toBe('/openapi.json');
    expect(asked.filter((url) => !url.startsWith(bench.service.url))).toEqual([]);
  });
});

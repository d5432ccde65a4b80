/** What keeps people from a page, as axe sees it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, a line each: everything in light, and what depends on colours in dark. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = (await page.evaluate('axe.run()')) as AxeResults;
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = (await page.evaluate("axe.run({ runOnly: ['color-contrast'] })")) as AxeResults;
  return [...light.violations, ...dark.violations].flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${impact} ${id}: ${html}`),
  );
}

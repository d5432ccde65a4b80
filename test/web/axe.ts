/** What keeps people from a page, as axe sees it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of Playwright's or Puppeteer's. */
interface Evaluates {
  evaluate(script: string): Promise<unknown>;
}

/** What axe finds, a line each: everything in light, and what depends on colours in dark. */
export async function audit(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await faultsOf(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light, ...(await faultsOf(page, ['color-contrast']))];
}

/** What axe finds on the page as it is, by all of its rules or by some. */
export async function faultsOf(page: Evaluates, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const options = rules ? { runOnly: rules } : {};
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html}`));
}

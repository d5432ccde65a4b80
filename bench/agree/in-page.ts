/** The judge in Chromium, as verdicts are asked of it. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSERS, openBrowser, serveSite } from '../../test/browser/browsers.ts';
import type { Verdict } from './verdict.ts';

const SCRIPT = `
import { createInspector, DetectError } from '/judge/index.js';
const inspector = await createInspector();
globalThis.judge = async (address) => {
  const blob = await (await fetch(address)).blob();
  try {
    const { reason, checks } = await inspector.inspect(blob);
    return { outcome: reason ?? 'pass', checks };
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    return { outcome: error.code, checks: [] };
  }
};
globalThis.isReady = true;
`;

/** Opens a page that judges the pictures of a folder, by their paths in it. */
export async function openJudge(folder: string) {
  const site = await serveSite(
    {
      '/judge/': fileURLToPath(new URL('../../dist/browser/', import.meta.url)),
      '/pictures/': resolve(folder),
    },
    {
      '/': '<!doctype html><title>Judge</title><script type="module" src="/main.js"></script>',
      '/main.js': SCRIPT,
    },
  );
  const browser = await openBrowser(BROWSERS[0]);
  const page = await browser.newPage();
  await page.goto(`${site.address}/`);
  await page.waitForFunction('globalThis.isReady');
  return {
    judge: (file: string) =>
      page.evaluate(`judge(${JSON.stringify(`/pictures/${encodeURI(file)}`)})`) as Promise<Verdict>,
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** The examples of docs/integrations.md, built by the bundlers that people have, with our packed archive, in a browser. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSERS, openBrowser, type Site, serveSite, whySkipped } from '../browser/browsers.ts';
import { BUILDS, makeProject, serveByNext, serveByVite } from './bundlers.ts';
import { ROOT } from './installing.ts';

const SKIPPED = whySkipped(BROWSERS[0]);
/** Next.js takes as long as all others together. */
const WITHOUT_NEXT = process.env.CI ? '' : ' (skipped; to run: CI=1)';
/** Bundlers are installed and run, on machines that others share. */
const PATIENCE_MS = 240_000;
/** Where the form sends its picture. */
const UPLOAD = '/portraits';

describe.skipIf(SKIPPED)(`the judge in the pages of others${SKIPPED}`, () => {
  let project: string;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    project = await makeProject(WITHOUT_NEXT === '');
    browser = await openBrowser(BROWSERS[0]);
  }, PATIENCE_MS);
  afterAll(async () => {
    await browser?.close();
    rmSync(project, { recursive: true, force: true });
  });

  /** Chooses a picture, sends it where there is a form, and gives what the page says in the end. */
  const answerTo = async (address: string, picture: string) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    const input = await page.waitForSelector('input[type=file]');
    // What a server has drawn takes no pictures before its scripts are there.
    await page.waitForNetworkIdle();
    await input?.uploadFile(join(ROOT, 'examples', picture));
    await (await page.$('button[type=submit]'))?.click();
    await page.waitForFunction(
      `!/^(?:|Looking…|Sending…)$/.test(document.querySelector('[role=status]').textContent)`,
    );
    const answer = await page.$eval('[role=status]', ({ textContent }) => textContent);
    await page.close();
    expect(complaints).toEqual([]);
    return answer;
  };

  test.each(Object.entries(BUILDS))(
    'built by %s',
    async (_name, build) => {
      const site: Site = await serveSite({ '/': `${await build(project)}/` }, { [UPLOAD]: 'kept' });
      try {
        expect(await answerTo(`${site.address}/`, 'profile.jpg')).toContain('in profile');
        expect(site.asked).not.toContain(UPLOAD);
        expect(await answerTo(`${site.address}/`, 'pass.jpg')).toMatch(/^(?:This picture will do|Sent)\.$/);
      } finally {
        await site.close();
      }
    },
    PATIENCE_MS,
  );

  const served = async (serve: typeof serveByVite) => {
    const server = await serve(project);
    try {
      expect(await answerTo(server.address, 'profile.jpg')).toContain('in profile');
      expect(await answerTo(server.address, 'pass.jpg')).toBe('This picture will do.');
    } finally {
      await server.close();
    }
  };
  test("served by Vite's server for development", () => served(serveByVite), PATIENCE_MS);
  test.skipIf(WITHOUT_NEXT)(`served by Next.js${WITHOUT_NEXT}`, () => served(serveByNext), PATIENCE_MS);
});

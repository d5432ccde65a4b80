/** docs/privacy.md, of the page: what it asks for, and what a browser keeps of it. */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../server/build.ts';
import { useBench } from './bench.ts';
import { choose, example, expectVerdict, keptIn, SKIPPED } from './setup.ts';

const STORED_AS = 'liveportrait-detect.key';
const DATABASE = 'liveportrait-detect.session';
/** Everything that pages can keep in a browser. */
const KEPT = `(async () => ({
  cookies: document.cookie,
  session: { ...sessionStorage },
  local: { ...localStorage },
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: 'caches' in globalThis ? await caches.keys() : [],
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  files: await navigator.storage.getDirectory().then(async (root) => (await Array.fromAsync(root.keys()))),
}))()`;
const NOTHING_KEPT = {
  cookies: '',
  session: {},
  local: {},
  databases: [],
  caches: [],
  workers: 0,
  files: [],
};

describe.skipIf(SKIPPED)(`what the page sends and keeps${SKIPPED}`, () => {
  const bench = useBench();

  /** The hosts that a context asks, from now on; addresses in memory have none. */
  function watch(context: BrowserContext): Set<string> {
    const origins = new Set<string>();
    context.on('request', (request) => {
      if (/^(?:https?|wss?):/.test(request.url())) origins.add(new URL(request.url()).origin);
    });
    return origins;
  }

  async function enter(page: Page, isLasting: boolean): Promise<void> {
    await page.getByLabel('API key').fill(bench.service.key.secret);
    if (isLasting) await page.getByRole('checkbox', { name: 'Keep it in this browser' }).check();
    await page.keyboard.press('Enter');
  }

  test('files stay here, an address and a repair go to the service; the key and the pictures are kept until they are to be forgotten', async () => {
    const portrait = readFileSync(example('pass.jpg'));
    const pictures = await serve(onTestFinished, (_request, response) => response.end(portrait));
    const page = await bench.open({ key: '' });
    const origins = watch(page.context());
    await page.reload({ waitUntil: 'networkidle' });
    await choose(page, example('group.jpg'));
    await expectVerdict(page, 'Passes', 'Nothing was sent');
    await page.getByRole('button', { name: 'Crop to face 2' }).click();
    await enter(page, false);
    await page.getByRole('button', { name: 'Crop to face 2' }).click();
    await page.getByText('All 2 pictures are checked.').waitFor();
    await page.getByRole('textbox', { name: 'Address of a picture' }).fill(`${pictures}/portrait.jpg`);
    await page.keyboard.press('Enter');
    await page.getByText('All 3 pictures are checked.').waitFor();
    expect([...origins]).toEqual([bench.service.url]);

    const secret = bench.service.key.secret;
    const kept = { ...NOTHING_KEPT, session: { [STORED_AS]: secret }, databases: [DATABASE] };
    expect(await page.evaluate(KEPT)).toEqual(kept);
    expect(await page.context().cookies()).toEqual([]);
    await expect.poll(async () => (await keptIn(page)).length).toBe(3);
    // The key is not among what is kept of the pictures, and a page that is loaded again sends nothing for them.
    expect(JSON.stringify(await keptIn(page))).not.toContain(secret);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: '3 pictures' }).waitFor();
    expect(sent).toEqual([]);
    expect(await page.evaluate(KEPT)).toEqual(kept);
    expect([...origins]).toEqual([bench.service.url]);
    // Another tab of the same browser has no key.
    const other = await page.context().newPage();
    await other.goto(bench.service.url);
    expect(await other.evaluate(KEPT)).toEqual({ ...NOTHING_KEPT, databases: [DATABASE] });
    await other.getByRole('button', { name: 'Forget all' }).click();
    await expect.poll(() => keptIn(other)).toEqual([]);
    await page.getByRole('heading', { name: 'Check a portrait before you animate it' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(0);
  });

  test('a key that is to be remembered is kept until it is to be forgotten', async () => {
    const page = await bench.open({ key: '' });
    await page.getByRole('button', { name: 'Enter key' }).click();
    await enter(page, true);
    await page.getByRole('button', { name: 'Forget key' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(bench.service.url);
    const kept = { ...NOTHING_KEPT, local: { [STORED_AS]: bench.service.key.secret } };
    // Two tabs are two processes, and what one of them stores reaches the other a moment later.
    await expect.poll(() => other.evaluate(KEPT)).toEqual(kept);
    await other.reload();
    await other.getByRole('button', { name: 'Forget key' }).click();
    await expect.poll(() => page.evaluate(KEPT)).toEqual(NOTHING_KEPT);
  });

  test('the reference asks the service only, and keeps nothing', async () => {
    const page = await bench.open({ key: '' });
    const origins = watch(page.context());
    await page.goto(`${bench.service.url}/docs/`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: 'liveportrait-detect' }).first().waitFor();
    expect([...origins]).toEqual([bench.service.url]);
    expect(await page.evaluate(KEPT)).toEqual(NOTHING_KEPT);
  });
});

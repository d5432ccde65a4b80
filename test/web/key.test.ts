/** The key on the page: asked for, tried, brought along by an address, used up. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cleanupAfterAll } from '../cleanup.ts';
import { serve } from '../server/build.ts';
import { makeFolder, start } from '../server/process.ts';
import { useBench } from './bench.ts';
import { example, expectVerdict, paste, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`the key on the page${SKIPPED}`, () => {
  const cleanup = cleanupAfterAll();
  const bench = useBench();

  test('a missing key is asked for once, a wrong one is refused, and the work goes on', async () => {
    const address = await serve(cleanup, (_request, response) =>
      response.end(readFileSync(example('pass.jpg'))),
    );
    const page = await bench.open({ key: '' });
    const refused = refusedBy(page);
    await paste(page, address);
    const dialog = page.getByRole('dialog', { name: 'A key is needed' });
    await dialog.waitFor();
    // That there is none is known without asking.
    expect(refused).toEqual([]);
    // A newcomer is often the one who runs the service, too.
    await dialog.getByText('npx liveportrait-detect keys create --name you').waitFor();
    const field = dialog.getByLabel('API key');
    await field.fill('sk-wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'This key does not work' }).waitFor();
    await page.getByLabel('API key').fill(bench.service.key.secret);
    await page.getByLabel('Keep it in this browser').check();
    await page.getByRole('button', { name: 'Use this key' }).click();
    await expectVerdict(page, 'Passes');
    await page.reload();
    await paste(page, address);
    await expectVerdict(page, 'Passes', 'Checked by the service');
    await page.getByRole('button', { name: 'Forget key' }).click();
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });

  test("the first start's address brings the key along, and does not keep it", async () => {
    // A tab of its own: where only what is behind the "#" changes, nothing is loaded.
    const page = await (await bench.open({ key: '' })).context().newPage();
    await page.goto(`${bench.service.url}/#key=${bench.service.key.secret}`);
    await page.getByRole('button', { name: 'Forget key' }).waitFor();
    expect(page.url()).toBe(`${bench.service.url}/`);
    const other = await page.context().newPage();
    await other.goto(`${bench.service.url}/#key=sk-wrong`);
    await other.getByRole('dialog', { name: 'This key does not work' }).waitFor();
    expect(other.url()).toBe(`${bench.service.url}/`);
  });

  test('the address that a first start prints is followed without a failed request, which browsers show in red', async () => {
    const { text } = await start(makeFolder());
    const printed = () => /http\S+#key=\S+/.exec(text())?.[0] ?? '';
    await expect.poll(printed).not.toBe('');
    const page = await (await bench.open({ key: '' })).context().newPage();
    const refused = refusedBy(page);
    await page.goto(printed());
    await page.getByRole('button', { name: 'Forget key' }).waitFor();
    expect(refused).toEqual([]);
  });

  test('a used-up quota says so and waits for another key', async () => {
    const poor = await bench.service.createKey({ quota: 1 });
    const host = await serve(cleanup, (request, response) => {
      response.end(readFileSync(example(request.url!.slice(1))));
    });
    const page = await bench.open({ key: poor.secret });
    await paste(page, `${host}/pass.jpg`);
    await expectVerdict(page, 'Passes');
    await paste(page, `${host}/profile.jpg`);
    await page.getByRole('dialog', { name: 'The quota of this key is used up' }).waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('alert').getByText('used up').first().waitFor();
    await page.getByRole('button', { name: 'Enter a key' }).click();
    await page.getByLabel('API key').fill(bench.service.key.secret);
    await page.keyboard.press('Enter');
    await expectVerdict(page, 'Refused', 'Face in profile');
  });
});

/** The answers to a page that are no success, from now on. */
function refusedBy(page: Page): readonly string[] {
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  return refused;
}

/** What `<portrait-capture>` says where there is no camera for it. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGLISH, type Trouble } from '../../src/capture/words.ts';
import { faultsOf } from '../web/axe.ts';
import { CameraBrowser, FIREFOX_SKIPPED, focused, isGivenBack, read, SKIPPED } from './page.ts';

describe.skipIf(SKIPPED)(`no camera${SKIPPED}`, () => {
  let denying: CameraBrowser;
  let lending: CameraBrowser;
  let bare: CameraBrowser;
  beforeAll(async () => {
    denying = await CameraBrowser.open(
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream=deny',
      '--host-resolver-rules=MAP elsewhere.test 127.0.0.1',
    );
    lending = await CameraBrowser.open(
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    );
    bare = await CameraBrowser.open('--use-fake-ui-for-media-stream');
  });
  afterAll(async () => {
    await denying?.close();
    await lending?.close();
    await bare?.close();
  });

  /** Presses the button, and gives what comes of it. */
  const tryOn = async (page: Page, trouble: Trouble) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction('seen.troubles.length > 0');
    const { troubles, said } = await read(page);
    expect(troubles).toEqual([{ trouble, text: ENGLISH.troubles[trouble] }]);
    expect(said.at(-1)).toBe(ENGLISH.troubles[trouble]);
    expect(await focused(page)).toBe('Try again');
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  };

  test('a person who does not allow it', async () => tryOn(await denying.visit(), 'denied'));
  test('a page without https', async () => tryOn(await denying.visit('elsewhere.test'), 'insecure'));
  test('a machine without one', async () => tryOn(await bare.visit(), 'missing'));
  test('another program has it', async () => {
    const page = await bare.visit();
    await page.evaluate(`globalThis.cameraError = 'NotReadableError'`);
    await tryOn(page, 'busy');
  });

  test('another try can go better, in other words', async () => {
    const page = await denying.visit();
    await page.evaluate(
      `document.querySelector('portrait-capture').words = { retry: 'Noch einmal', troubles: { denied: 'Nicht erlaubt.' } }`,
    );
    await page.keyboard.press('Tab');
    for (const count of [1, 2]) {
      await page.keyboard.press('Enter');
      await page.waitForFunction(`seen.troubles.length === ${count}`);
    }
    expect(await focused(page)).toBe('Noch einmal');
    expect((await read(page)).said.at(-1)).toBe('Nicht erlaubt.');
    await page.close();
  });

  test('a policy that is none says so, in the language of the element', async () => {
    const page = await denying.visit();
    const element = `document.querySelector('portrait-capture')`;
    const said = () =>
      page.evaluate(`${element}.shadowRoot.querySelector('[role=status]').textContent`) as Promise<string>;
    await page.evaluate(`${element}.setAttribute('policy', '{maxYaw: 10}'), ${element}.start()`);
    await page.waitForFunction('seen.troubles.length === 1');
    expect((await read(page)).troubles[0].text).toContain('JSON');
    await page.evaluate(`${element}.lang = 'zh-CN'`);
    expect(await said()).toBe('属性 "policy" 必须是 JSON，写法是“阈值名称：取值”。');
    await page.close();
  });

  test('so does one with a limit that is out of its range, when it is judged by', async () => {
    const page = await lending.visit();
    await page.evaluate(`Object.assign(document.querySelector('portrait-capture'), {
      lang: 'zh-CN', policy: { maxYaw: 100 },
    }).start()`);
    await page.waitForFunction('seen.troubles.length === 1');
    expect((await read(page)).troubles[0].text).toBe('maxYaw 必须是 0 到 90 的数字。');
    expect(await isGivenBack(page)).toBe(true);
    await page.close();
  });

  test('a judge whose files are not there, and the camera is given back', async () => {
    const page = await lending.visit();
    await page.evaluate(`document.querySelector('portrait-capture').assets = '/nowhere/'`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction('seen.troubles.length > 0');
    expect((await read(page)).troubles[0].trouble).toBe('unavailable');
    expect(await isGivenBack(page)).toBe(true);
    await page.close();
  });
});

test.skipIf(FIREFOX_SKIPPED)(`Firefox judges what its camera sees${FIREFOX_SKIPPED}`, async () => {
  const browser = await CameraBrowser.openFirefox();
  const page = await browser.visit();
  await page.evaluate(`void document.querySelector('portrait-capture').start()`);
  // Its own test picture shows nobody.
  await page.waitForFunction('seen.instructions.length + seen.troubles.length > 0');
  const { instructions } = await read(page);
  expect(instructions.map(({ instruction }) => instruction)).toEqual(['noFace']);
  await page.evaluate(`document.querySelector('portrait-capture').remove()`);
  expect(await isGivenBack(page)).toBe(true);
  await browser.close();
});

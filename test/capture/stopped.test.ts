/** What `<portrait-capture>` does when it is stopped, or told otherwise, in the middle of something. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHINESE, ENGLISH } from '../../src/capture/words.ts';
import { CameraBrowser, isGivenBack, read, SKIPPED } from './page.ts';

const ELEMENT = `document.querySelector('portrait-capture')`;

describe.skipIf(SKIPPED)(`in the middle of something${SKIPPED}`, () => {
  let browser: CameraBrowser;
  beforeAll(async () => {
    // Chromium's own test picture shows nobody.
    browser = await CameraBrowser.open(
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    );
  });
  afterAll(() => browser?.close());

  const start = (page: Page) => page.evaluate(`void ${ELEMENT}.start()`);
  const furtherFrames = async (page: Page) => {
    const bitmaps = Number(await page.evaluate('seen.bitmaps'));
    await page.waitForFunction(`seen.bitmaps > ${bitmaps + 5} || seen.taken.length > 0`);
  };
  const said = (page: Page) =>
    page.evaluate(`${ELEMENT}.shadowRoot.querySelector('[role=status]').textContent`);

  test('a picture that is opened when the element is stopped is not taken', async () => {
    const page = await browser.visit();
    await page.evaluate(`(() => {
      const { createImageBitmap } = globalThis;
      globalThis.createImageBitmap = async (...input) => {
        if (input[0] instanceof Blob) {
          globalThis.opening = true;
          await new Promise((resolve) => { globalThis.goOn = resolve; });
        }
        return createImageBitmap(...input);
      };
    })()`);
    await start(page);
    await page.waitForFunction('seen.instructions.length > 0');
    await page.evaluate(`${ELEMENT}.shadowRoot.querySelectorAll('button')[1].click()`);
    await page.waitForFunction('globalThis.opening');
    await page.evaluate(`${ELEMENT}.stop()`);
    await page.evaluate('goOn()');
    await page.waitForFunction('seen.open === 0');
    expect(await page.evaluate(`${ELEMENT}.state`)).toBe('idle');
    expect((await read(page)).taken).toEqual([]);
    expect(await isGivenBack(page)).toBe(true);
    await page.close();
  });

  test('a judge that failed when nobody waited for it any more is not asked again', async () => {
    const page = await browser.visit();
    await page.evaluate(`(() => {
      const element = ${ELEMENT};
      element.assets = '/nowhere/';
      void element.start();
      setTimeout(() => element.stop(), 30);
    })()`);
    await page.waitForNetworkIdle();
    await page.evaluate(`${ELEMENT}.removeAttribute('assets')`);
    await start(page);
    await page.waitForFunction('seen.instructions.length + seen.troubles.length > 0');
    expect((await read(page)).troubles).toEqual([]);
    await page.close();
  });

  test('frames of which the browser draws nothing are no pictures without a face', async () => {
    const page = await browser.visit();
    await page.evaluate(`(() => {
      const { createImageBitmap } = globalThis;
      globalThis.createImageBitmap = async (...input) => {
        if (!(input[0] instanceof HTMLVideoElement) || globalThis.draws) return createImageBitmap(...input);
        globalThis.nothing = (globalThis.nothing ?? 0) + 1;
        const canvas = new OffscreenCanvas(640, 480);
        canvas.getContext('2d');
        return createImageBitmap(canvas);
      };
    })()`);
    await start(page);
    await page.waitForFunction('globalThis.nothing > 20');
    expect(await said(page)).toBe(ENGLISH.looking);
    await page.evaluate('globalThis.draws = true');
    await page.waitForFunction('seen.instructions.length > 0');
    await page.evaluate(`${ELEMENT}.stop()`);
    await page.waitForFunction('seen.open === 0');
    await page.close();
  });

  test('a camera that sends nothing for a while is no face that is missing', async () => {
    const page = await browser.visit();
    await start(page);
    await page.waitForFunction('seen.instructions.length === 1');
    const mute = (isMuted: boolean) =>
      page.evaluate(`(() => {
        const [track] = seen.streams[0].getVideoTracks();
        Object.defineProperty(track, 'muted', { value: ${isMuted}, configurable: true });
        track.dispatchEvent(new Event('${isMuted ? 'mute' : 'unmute'}'));
      })()`);
    await mute(true);
    expect(await said(page)).toBe(ENGLISH.muted);
    // Its frames come on, black ones in most browsers.
    await furtherFrames(page);
    expect(await said(page)).toBe(ENGLISH.muted);
    await page.evaluate(`${ELEMENT}.lang = 'zh-CN'`);
    expect(await said(page)).toBe(CHINESE.muted);
    // A picture that is asked for now would show what nobody has seen.
    await page.evaluate(`${ELEMENT}.shadowRoot.querySelectorAll('button')[1].click()`);
    await mute(false);
    expect(await said(page)).toBe(CHINESE.looking);
    await page.waitForFunction('seen.instructions.length === 2');
    expect(await said(page)).toBe(CHINESE.instructions.noFace);
    await furtherFrames(page);
    expect((await read(page)).taken).toEqual([]);
    await page.evaluate(`${ELEMENT}.stop()`);
    await page.waitForFunction('seen.open === 0');
    await page.close();
  });

  test('another language is spoken at once, whatever is being said', async () => {
    const page = await browser.visit();
    await start(page);
    await page.waitForFunction('seen.instructions.length > 0');
    expect(await said(page)).toBe(ENGLISH.instructions.noFace);
    await page.evaluate(`${ELEMENT}.lang = 'zh-CN'`);
    expect(await said(page)).toBe(CHINESE.instructions.noFace);
    await page.evaluate(`${ELEMENT}.stop(); globalThis.cameraError = 'NotFoundError'`);
    await start(page);
    await page.waitForFunction('seen.troubles.length > 0');
    expect(await said(page)).toBe(CHINESE.troubles.missing);
    await page.evaluate(`${ELEMENT}.lang = 'en'`);
    expect(await said(page)).toBe(ENGLISH.troubles.missing);
    await page.close();
  });
});

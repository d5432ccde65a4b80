/** `<portrait-capture>` as a person has it: the built files in a browser, before a camera that plays a drawn film. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInspector } from '../../src/index.ts';
import { faultsOf } from '../web/axe.ts';
import { MARK_AT, makeFilm } from './film.ts';
import { CameraBrowser, cameraPlays, focused, isGivenBack, read, SKIPPED } from './page.ts';

/** Long enough that a busy machine sees three frames of each scene. */
const SCENE_S = 3;
const FILM_MS = 120_000;

describe.skipIf(SKIPPED)(`a person before the camera${SKIPPED}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'));
  let browser: CameraBrowser;
  beforeAll(async () => {
    const film = await makeFilm(folder, [
      ['noFace', SCENE_S],
      ['closer', SCENE_S],
      ['centre', SCENE_S],
      ['turn', SCENE_S],
      ['level', SCENE_S],
      ['cover', SCENE_S],
      ['closeMouth', SCENE_S],
      ['moreLight', SCENE_S],
      ['still', SCENE_S],
      ['ready', 4 * SCENE_S],
    ]);
    browser = await CameraBrowser.open(...cameraPlays(film));
  }, FILM_MS);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test(
    'is led from one thing to the next, and the picture is taken when it is good',
    async () => {
      const page = await browser.visit();
      const faults = [await faultsOf(page)];
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Start the camera');
      await page.keyboard.press('Enter');
      await page.waitForFunction('seen.instructions.length > 0', { timeout: FILM_MS });
      expect(await focused(page)).toBe('Stop the camera');
      faults.push(await faultsOf(page));
      await page.waitForFunction('seen.taken.length + seen.troubles.length > 0', { timeout: FILM_MS });
      const { instructions, troubles, said, open, mostOpen } = await read(page);
      expect(troubles).toEqual([]);
      // The cover is a phone, which is taken for one thing or another.
      expect(instructions.map(({ instruction }) => instruction)).toEqual([
        'noFace',
        'closer',
        'centre',
        'turn',
        'level',
        expect.stringMatching(/^(?:hand|cloth|object)$/),
        'closeMouth',
        'moreLight',
        'still',
        'ready',
      ]);
      // Each change is said once.
      expect(said).toEqual([
        'The camera is starting…',
        'Look into the camera.',
        ...instructions.map(({ text }) => text),
        'Taking the picture…',
        'The picture is taken.',
      ]);
      expect(await focused(page)).toBe('Take another picture');
      expect(await isGivenBack(page)).toBe(true);
      expect(open).toBe(0);
      expect(mostOpen).toBeLessThanOrEqual(14);
      faults.push(await faultsOf(page));
      expect(faults.flat()).toEqual([]);
      await expectGoodPicture(await pictureOf(page));
      await page.close();
      expect(browser.complaints).toEqual([]);
    },
    FILM_MS,
  );

  test(
    'the camera is given back when it is stopped, hidden or taken off the page',
    async () => {
      for (const end of [
        `document.querySelector('portrait-capture').stop()`,
        `document.querySelector('portrait-capture').hidden = true`,
        `document.querySelector('portrait-capture').remove()`,
        // What a browser does when another tab is chosen.
        `Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))`,
      ]) {
        const page = await browser.visit();
        await page.evaluate(`void document.querySelector('portrait-capture').start()`);
        await page.waitForFunction('seen.bitmaps > 1', { timeout: FILM_MS });
        expect(await isGivenBack(page)).toBe(false);
        await page.evaluate(end);
        expect(await isGivenBack(page), end).toBe(true);
        await page.waitForFunction('seen.open === 0', { timeout: FILM_MS });
        expect((await read(page)).troubles).toEqual([]);
        await page.close();
      }
      expect(browser.complaints).toEqual([]);
    },
    FILM_MS,
  );

  test(
    'a picture can be taken before it is good, and says what is wrong with it',
    async () => {
      const page = await browser.visit();
      await page.evaluate(`void document.querySelector('portrait-capture').start()`);
      await page.waitForFunction('seen.instructions.length > 0', { timeout: FILM_MS });
      await page.evaluate(
        `document.querySelector('portrait-capture').shadowRoot.querySelectorAll('button')[1].click()`,
      );
      await page.waitForFunction('seen.taken.length > 0', { timeout: FILM_MS });
      expect(await page.evaluate('seen.taken[0].inspection.reason')).toBe('face.none');
      await page.close();
    },
    FILM_MS,
  );
});

async function pictureOf(page: Awaited<ReturnType<CameraBrowser['visit']>>) {
  const told = (await page.evaluate('({ ...seen.taken[0], picture: null })')) as {
    inspection: { pass: boolean; image: { bytes: number; format: string } };
  };
  const base64 = (await page.evaluate(
    `seen.taken[0].picture.arrayBuffer().then((bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')))`,
  )) as string;
  return { ...told, bytes: Buffer.from(base64, 'base64') };
}

/** It is a JPEG that passes, here as there, and its mark is on the film's side. */
async function expectGoodPicture({ bytes, inspection }: Awaited<ReturnType<typeof pictureOf>>) {
  expect(inspection.pass).toBe(true);
  expect(inspection.image).toMatchObject({ format: 'jpeg', bytes: bytes.length });
  await using inspector = await createInspector();
  expect((await inspector.inspect(bytes)).pass).toBe(true);
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const redAt = (x: number) => {
    const at = (Math.round(MARK_AT.y * info.height) * info.width + Math.round(x * info.width)) * 3;
    return data[at] > 150 && data[at + 1] < 80;
  };
  expect([redAt(MARK_AT.x), redAt(1 - MARK_AT.x)]).toEqual([true, false]);
}

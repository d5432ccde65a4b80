/** The page in the engine of Safari: a picture, a damaged one, and the camera. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_BYTES } from '../../src/core/image/limits.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { build } from '../server/build.ts';
import { example } from './setup.ts';
import { openWebKit, SKIPPED, type WebKitPage } from './webkit.ts';

const START_MS = 120_000;
/** As narrow as phones are. */
const WINDOW = { width: 320, height: 800 } as const;
const VERDICT = `document.querySelector('[aria-label=Verdict]')?.textContent`;

describe.skipIf(SKIPPED)(`the page in WebKit${SKIPPED}`, () => {
  const cleanup = cleanupAfterAll();
  let page: WebKitPage;
  beforeAll(async () => {
    const { url } = await build(cleanup);
    page = await openWebKit(cleanup, WINDOW.width, WINDOW.height);
    await page.goto(url);
    await page.until(`document.querySelector('.example')`);
  }, START_MS);

  const inspect = (path: string) => page.choose('#chooser', [path]);
  const expectVerdict = (words: string) => page.until(`${VERDICT}?.includes(${JSON.stringify(words)})`);

  test('a picture is judged, and nothing is sent', async () => {
    await inspect(example('profile.jpg'));
    await expectVerdict('Face in profile');
    await expectVerdict('Nothing was sent');
  });

  test('one that is cut off is told to be damaged, and a large one is not made a white one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webkit-'));
    cleanup(() => rmSync(folder, { recursive: true }));
    const cut = join(folder, 'cut.jpg');
    writeFileSync(cut, readFileSync(example('pass.jpg')).subarray(0, 20_000));
    await inspect(cut);
    await expectVerdict('damaged or cut off');

    const large = join(folder, 'large.jpg');
    writeFileSync(large, (await noise()).subarray(0, MAX_BYTES));
    await inspect(large);
    await expectVerdict('File too large');
    await page.press(`//button[normalize-space()='Fix']`);
    await expectVerdict('cannot open the file');
  });

  test('the camera takes a picture that passes, in a dialog no higher than what is in it', async () => {
    const portrait = readFileSync(new URL('../fixtures/drawn/yaw+0.jpg', import.meta.url));
    await page.run(FILM, portrait.toString('base64'));
    await page.press(`//button[normalize-space()='Use the camera']`);
    // From the first frame on the preview has the shape of the camera's picture.
    await page.until(`document.querySelector('portrait-capture')?.shadowRoot.querySelector('[style]')`);
    const [heading, button] = (await page.run(
      `return ['.heading', '.heading button'].map((part) => document.querySelector('dialog.camera ' + part).offsetHeight)`,
    )) as [number, number];
    expect(heading).toBe(button);
    await page.until(`document.querySelector('dialog.camera') === null`);
    await expectVerdict('Passes');
  });
});

/** A JPEG of more bytes than are taken. */
function noise(): Promise<Buffer> {
  const [width, height] = [2400, 2400];
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** A camera that sees one portrait. */
const FILM = `
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d');
  const file = new Blob([Uint8Array.from(atob(arguments[0]), (character) => character.charCodeAt(0))]);
  const portrait = Object.assign(new Image(), { src: URL.createObjectURL(file) });
  globalThis.devices = navigator.mediaDevices;
  devices.getUserMedia = async () => {
    setInterval(() => {
      context.fillStyle = '#8c9ba0';
      context.fillRect(0, 0, 1280, 720);
      context.drawImage(portrait, 280, 0, 720, 720);
    }, 50);
    return canvas.captureStream();
  };`;

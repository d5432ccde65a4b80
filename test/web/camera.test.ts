/** The camera as a way into the page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFilm } from '../capture/film.ts';
import { faultsOf } from './axe.ts';
import { useBench } from './bench.ts';
import { expectVerdict, SKIPPED, startBench } from './setup.ts';

/** Longest wait until the camera has seen what it wants, in ms; on a busy machine. */
const FOUND_MS = 60_000;

describe.skipIf(SKIPPED)(`the page's camera${SKIPPED}`, () => {
  const bench = useBench(async (cleanup) => {
    const folder = mkdtempSync(join(tmpdir(), 'page-camera-'));
    cleanup(() => rmSync(folder, { recursive: true }));
    const film = await makeFilm(folder, [
      ['noFace', 2],
      ['ready', 10],
    ]);
    return await startBench(cleanup, [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ]);
  });

  test('what it takes is judged as any picture is, without a key', async () => {
    const page = await bench.open({ key: '' });
    await page.getByRole('button', { name: 'Use the camera' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a picture' });
    await dialog.getByRole('button', { name: 'Stop the camera' }).waitFor();
    await dialog.waitFor({ state: 'detached', timeout: FOUND_MS });
    await expectVerdict(page, 'Passes', 'Nothing was sent');
    const stage = page.getByRole('region', { name: 'Picture', exact: true });
    expect(await stage.textContent()).toMatch(/camera \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.jpg/);
  });

  test('a judge that did not load is asked for again', async () => {
    const page = await bench.open({ key: '' });
    const dialog = page.getByRole('dialog', { name: 'Take a picture' });
    await page.route('**/facemesh*', (route) => route.abort());
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await dialog.getByText('could not be loaded').waitFor();
    await page.unroute('**/facemesh*');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.waitFor({ state: 'detached', timeout: FOUND_MS });
    await expectVerdict(page, 'Passes');
  });

  test('a judge that did not load the first time does so for the next dialog', async () => {
    const page = await bench.open({ key: '' });
    const dialog = page.getByRole('dialog', { name: 'Take a picture' });
    await page.route('**/facemesh*', (route) => route.abort());
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await dialog.getByText('could not be loaded').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.unroute('**/facemesh*');
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await dialog.waitFor({ state: 'detached', timeout: FOUND_MS });
    await expectVerdict(page, 'Passes');
  });

  test('axe finds nothing, Escape closes it, and the focus goes back', async () => {
    const page = await bench.open({ key: '', bypassCSP: true });
    // The film leads to a picture, which closes the dialog; however long axe takes, a grey wall does not.
    await page.evaluate(GREY_WALL);
    await page.getByRole('button', { name: 'Use the camera' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take a picture' });
    await dialog.getByRole('button', { name: 'Stop the camera' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Use the camera');
    expect(await page.locator('.example').count()).toBeGreaterThan(0);
  });

  test('a browser that lends no camera is offered none', async () => {
    const page = await bench.open({ key: '' });
    await page.addInitScript(`Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`);
    await page.reload();
    await page.getByRole('button', { name: 'Choose pictures' }).waitFor();
    expect(await page.getByRole('button', { name: 'Use the camera' }).count()).toBe(0);
  });
});

/** A camera that sees nobody. */
const GREY_WALL = `navigator.mediaDevices.getUserMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const context = canvas.getContext('2d');
  setInterval(() => {
    context.fillStyle = '#808080';
    context.fillRect(0, 0, 640, 480);
  }, 50);
  return canvas.captureStream();
}`;

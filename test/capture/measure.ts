/**
 * How many frames a second `<portrait-capture>` judges and draws over: in the browser of the tests, before a film of somebody who
 * stands too far away. Usage: `npm run bench:camera`, after a build.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFilm } from './film.ts';
import { CameraBrowser, cameraPlays } from './page.ts';

const WIDTHS = [640, 1280];
const FILM_S = 30;
/** What is not counted: the models are loaded, the code gets warm. */
const WARM_MS = 3_000;
const COUNTED_MS = 10_000;

for (const width of WIDTHS) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-camera-'));
  const film = await makeFilm(folder, [['closer', FILM_S]], width);
  const browser = await CameraBrowser.open(...cameraPlays(film));
  const page = await browser.visit();
  await page.evaluate(`void document.querySelector('portrait-capture').start()`);
  await page.waitForFunction('seen.bitmaps > 0', { timeout: 60_000 });
  const count = () => page.evaluate('[performance.now(), seen.bitmaps]') as Promise<[number, number]>;
  await sleep(WARM_MS);
  const [from, before] = await count();
  await sleep(COUNTED_MS);
  const [to, after] = await count();
  const rate = ((after - before) / (to - from)) * 1000;
  process.stdout.write(`${width} x ${(width * 3) / 4}: ${rate.toFixed(1)} frames a second\n`);
  await browser.close();
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`);

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

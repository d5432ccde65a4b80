/** Pictures of the contact sheet of `check --report`: both languages, three widths, light, dark and printed. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import { start } from '../cli/spawn.ts';

const WIDTHS = [390, 1024, 1440] as const;
const LOOKS = ['light', 'dark', 'print'] as const;
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const PICTURES = ['cut_off', 'group', 'none', 'obstructed', 'pass', 'profile', 'small', 'tilted'];

/** Takes all of them. */
export async function takeReport(browser: Browser, out: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-shots-'));
  await mkdir(join(folder, 'photos'));
  for (const name of PICTURES)
    await copyFile(`${EXAMPLES}${name}.jpg`, join(folder, 'photos', `${name}.jpg`));
  await writeFile(join(folder, 'photos', 'broken.jpg'), 'no picture');
  for (const language of LANGUAGES) {
    const file = join(folder, `${language}.html`);
    await start(['check', 'photos', '-q', '--format', 'html', '-o', file, '--lang', language], {
      cwd: folder,
    }).ended;
    for (const width of WIDTHS)
      for (const look of LOOKS) {
        const place = join(out, 'report', language, `${width}-${look}`);
        await mkdir(place, { recursive: true });
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        await page.emulateMedia(look === 'print' ? { media: 'print' } : { colorScheme: look });
        await page.goto(pathToFileURL(file).href);
        await page.screenshot({ path: join(place, 'all.png'), fullPage: true });
        await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
        await page.screenshot({ path: join(place, 'unfolded.png'), fullPage: true });
        await page.close();
        process.stdout.write(`${place}\n`);
      }
  }
  await rm(folder, { recursive: true });
}

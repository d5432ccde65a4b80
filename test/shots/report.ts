/** Pictures of the contact sheet of `check --report`: both languages, three widths, light, dark and printed. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import { start } from '../cli/spawn.ts';
import { withPhotos } from './photos.ts';

const WIDTHS = [390, 1024, 1440] as const;
const LOOKS = ['light', 'dark', 'print'] as const;

/** Cards and pictures that no window has reached yet are blank in a picture of the whole page. */
const LOAD_ALL = `for (const card of document.querySelectorAll('article')) card.style.contentVisibility = 'visible';
Promise.all([...document.images].map((image) => {
  image.loading = 'eager';
  return image.decode();
}))`;

/** Takes all of them. */
export function takeReport(browser: Browser, out: string): Promise<void> {
  return withPhotos('photos/broken.jpg', (folder) => takeIn(folder, browser, out));
}

async function takeIn(folder: string, browser: Browser, out: string): Promise<void> {
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
        await page.evaluate(LOAD_ALL);
        await page.screenshot({ path: join(place, 'all.png'), fullPage: true });
        await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');
        await page.screenshot({ path: join(place, 'unfolded.png'), fullPage: true });
        await page.close();
        process.stdout.write(`${place}\n`);
      }
  }
}

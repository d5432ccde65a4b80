/** Takes the pictures of docs/page.md: the page itself, with drawn faces. Usage: `npm run docs:pictures`. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { expectVerdict, startBench } from './setup.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** Colours are enough for screens and drawn faces, and make files of a third. */
const PNG = { palette: true, quality: 90, effort: 10 } as const;

const SHOTS: readonly (BrowserContextOptions & { readonly file: string; readonly picture: string })[] = [
  {
    file: 'page.png',
    picture: 'obstructed.jpg',
    colorScheme: 'light',
    viewport: { width: 1360, height: 1080 },
  },
  {
    file: 'page-dark.png',
    picture: 'group.jpg',
    colorScheme: 'dark',
    viewport: { width: 1360, height: 800 },
  },
  {
    file: 'page-phone.png',
    picture: 'pass.jpg',
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
    isMobile: true,
  },
];

async function take(page: Page, picture: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Try all of them' }).click();
  await page.getByText('pictures are checked.').waitFor();
  await page.getByRole('button', { name: picture, exact: true }).click();
  await expectVerdict(page, picture === 'obstructed.jpg' ? 'Refused' : 'Passes');
  await page.locator('.crop-view canvas').waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await page.waitForLoadState('networkidle');
  return page.screenshot();
}

const tasks: (() => void | Promise<void>)[] = [];
const bench = await startBench((task) => tasks.push(task));
mkdirSync(FOLDER, { recursive: true });
for (const { file, picture, ...options } of SHOTS) {
  const { size } = await sharp(await take(await bench.open(options), picture))
    .png(PNG)
    .toFile(FOLDER + file);
  process.stdout.write(`${file} ${Math.round(size / 1024)} KiB\n`);
}
for (const task of tasks.reverse()) await task();

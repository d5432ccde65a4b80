/**
 * Takes pictures of every state of the page that is worth seeing, in both languages, at three widths, light and dark, to be looked at.
 * `npm run shots` takes them with the others; they go to $OUT, or to `shots/`, which git ignores. `--only start` takes one state.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import { PAGE_WORDS } from '../../web/src/words/catalogue.ts';
import type { PageWords } from '../../web/src/words/words.ts';
import { type Bench, example, startBench } from './setup.ts';

const FOLDER = process.env.OUT ?? 'shots';
const WIDTHS = [390, 1024, 1440] as const;
const COLOURS = ['light', 'dark'] as const;

interface Shot {
  readonly page: Page;
  readonly words: PageWords;
}

/** Adds files as a person does, without the words of any language. */
async function add(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.locator('#chooser').setInputFiles(files);
  await page.locator('.verdict:not([data-standing=waiting]):not([data-standing=sending])').waitFor();
}

/** Twelve faces in one picture. */
async function crowd() {
  const tile = await sharp(readFileSync(example('pass.jpg')))
    .resize(300, 300)
    .toBuffer();
  const tiles = Array.from({ length: 12 }, (_, at) => ({
    input: tile,
    left: (at % 4) * 310,
    top: Math.floor(at / 4) * 310,
  }));
  const buffer = await sharp({ create: { width: 1240, height: 930, channels: 3, background: '#cccccc' } })
    .composite(tiles)
    .jpeg()
    .toBuffer();
  return { name: 'crowd.jpg', mimeType: 'image/jpeg', buffer };
}

/** A portrait that lies on its side. */
async function turned() {
  const buffer = await sharp(readFileSync(example('pass.jpg')))
    .rotate(90)
    .jpeg()
    .toBuffer();
  return { name: 'turned.jpg', mimeType: 'image/jpeg', buffer };
}

/** Every state, and how to come to it from the start. */
const STATES: Readonly<Record<string, (shot: Shot) => Promise<unknown>>> = {
  start: async () => undefined,
  key: async ({ page, words }) => {
    await page.getByRole('button', { name: words.header.forgetKey }).click();
    await page.getByRole('button', { name: words.header.enterKey }).click();
  },
  passes: ({ page }) => add(page, example('pass.jpg')),
  covered: ({ page }) => add(page, example('obstructed.jpg')),
  small: ({ page }) => add(page, example('small.jpg')),
  nobody: ({ page }) => add(page, example('none.jpg')),
  turned: async ({ page }) => add(page, await turned()),
  crowd: async ({ page }) => add(page, await crowd()),
  broken: ({ page }) =>
    add(page, { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }),
  heic: ({ page }) =>
    add(page, {
      name: 'IMG_1234.HEIC',
      mimeType: 'image/heic',
      buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    }),
  fixed: async ({ page, words }) => {
    await add(page, await turned());
    await page.getByRole('button', { name: words.verdict.fix, exact: true }).click();
    await page.locator('.before').waitFor();
    await page.locator('.verdict[data-standing=pass]').waitFor();
  },
  limits: async ({ page, words }) => {
    await add(page, example('pass.jpg'));
    await page.getByRole('button', { name: words.checks.explain }).click();
    await page.locator('.scale input').nth(4).focus();
    await page.keyboard.press('End');
    await page.locator('.enforce input').first().check();
  },
  strange: ({ page }) => page.goto(`${page.url()}#limits=maxYaw:4000`),
  many: async ({ page, words }) => {
    await page.getByRole('button', { name: words.start.all }).click();
    await page.getByText(words.status.allDone(11)).waitFor();
  },
  lost: async ({ page }) => {
    await page.context().setOffline(true);
    await page.locator('#chooser').setInputFiles(example('pass.jpg'));
    await page.locator('.obstacle').waitFor();
  },
};

async function take(bench: Bench, only: string | undefined): Promise<void> {
  for (const locale of LANGUAGES)
    for (const width of WIDTHS)
      for (const colorScheme of COLOURS) {
        const viewport = { width, height: width === 390 ? 844 : 900 };
        const folder = join(FOLDER, locale, `${width}-${colorScheme}`);
        mkdirSync(folder, { recursive: true });
        for (const [state, reach] of Object.entries(STATES)) {
          if (only !== undefined && !only.split(',').includes(state)) continue;
          const page = await bench.open({ locale, colorScheme, viewport, isMobile: width === 390 });
          await reach({ page, words: PAGE_WORDS[locale] });
          await page.waitForLoadState('networkidle');
          // A sideways scroll is a fault at every width.
          const [needed, room] = (await page.evaluate(
            '[document.documentElement.scrollWidth, innerWidth]',
          )) as number[];
          if (needed! > room!) process.stdout.write(`${folder}/${state}: ${needed} px wide\n`);
          await page.screenshot({ path: join(folder, `${state}.png`), fullPage: true });
          await page.context().close();
        }
        process.stdout.write(`${folder}\n`);
      }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const tasks: (() => void | Promise<void>)[] = [];
await take(await startBench((task) => tasks.push(task)), values.only);
for (const task of tasks.reverse()) await task();

/** Pictures of the command line as a person sees it: in a real terminal of several widths, in both languages. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnsiUp } from 'ansi_up';
import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import { PROMPT, Terminal } from '../outside/terminal.ts';
import { PHOTOS, withPhotos } from './photos.ts';

const WIDTHS = [60, 80, 120] as const;
const LINES = 40;

/** What is typed, by the picture's name. */
const CALLS: Readonly<Record<string, string>> = {
  check: 'lpd check photos',
  'check-one': 'lpd check photos/profile.jpg',
  'check-generators': 'lpd check --for all photos',
  'check-broken': 'lpd check photos/pass.jpg broken.jpg missing.jpg',
  best: 'lpd best photos',
  fix: 'lpd fix photos --output fixed',
  evaluate: 'lpd evaluate labels.tsv',
  keys: 'lpd keys create --name "web shop" --expires 90d --data-dir store && lpd keys list --data-dir store',
  'unknown-command': 'lpd chekc photos',
  'unknown-option': 'lpd check --anotate out photos',
  'unknown-generator': 'lpd check --for halo photos',
  'no-key': 'lpd check --server http://127.0.0.1:9 photos/pass.jpg',
  help: 'lpd --help',
  'help-check': 'lpd check --help',
  'help-serve': 'lpd serve --help',
};

/** What a terminal gives two columns, whatever the font has for it. */
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/gu;

/** Takes all of them, or those that are named. */
export function takeTerminal(browser: Browser, out: string, only?: readonly string[]): Promise<void> {
  return withPhotos('broken.jpg', (folder) => takeIn(folder, browser, out, only));
}

async function takeIn(
  folder: string,
  browser: Browser,
  out: string,
  only: readonly string[] | undefined,
): Promise<void> {
  const labels = PHOTOS.map((name) => `photos/${name}.jpg\t${name === 'pass' ? 'pass' : 'fail'}\n`).join('');
  await writeFile(join(folder, 'labels.tsv'), `file\texpected\n${labels}`);
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  for (const language of LANGUAGES)
    for (const width of WIDTHS) {
      const place = join(out, 'terminal', language, String(width));
      await mkdir(place, { recursive: true });
      for (const [name, call] of Object.entries(CALLS)) {
        if (only && !only.includes(name)) continue;
        await rm(join(folder, 'fixed'), { recursive: true, force: true });
        await rm(join(folder, 'store'), { recursive: true, force: true });
        await page.setContent(pageOf(await screenOf(folder, width, language, call), width));
        await page.locator('pre').screenshot({ path: join(place, `${name}.png`) });
      }
      process.stdout.write(`${place}\n`);
    }
  await page.close();
}

/** What is on the terminal once the call has ended, with its colours. */
async function screenOf(folder: string, width: number, language: string, call: string): Promise<string> {
  const terminal = await Terminal.open(width, LINES, folder);
  try {
    await terminal.type(`export LANG=${language.replace('-', '_')}.UTF-8 LC_ALL=; clear`);
    await terminal.until((text) => text.trim() === PROMPT);
    await terminal.type(call);
    await terminal.answer();
    const screen = await terminal.coloured();
    return screen.trimEnd().split('\n').slice(0, -1).join('\n');
  } finally {
    await terminal.close();
  }
}

function pageOf(screen: string, width: number): string {
  const html = new AnsiUp().ansi_to_html(screen).replaceAll(WIDE, '<b>$&</b>');
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; width: max-content }
    pre { margin: 0; padding: 12px; width: ${width}ch; box-sizing: content-box; background: #15181e; color: #e8ebf2; font: 14px/1.35 monospace }
    b { display: inline-block; width: 2ch; font-weight: inherit }
  </style><pre>${html}</pre>`;
}

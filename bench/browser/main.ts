/**
 * Faces in a page: `npm run build && npm run bench:browser`. Ours and others look at the same pictures in one Chromium, in turns,
 * each in a page of its own; median wall time and mean processor time of all of the browser's processes. Then ours alone: how soon it is
 * ready, what it transfers, and what memory it has after many pictures. `--rounds 30`, `--pictures 1000`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'puppeteer-core';
import sharp from 'sharp';
import { BROWSERS, openBrowser, serveSite } from '../../test/browser/browsers.ts';
import { describeMachine, thisMachine, warnIfBusy } from '../machine.ts';
import { mean, ms, spread, table } from '../statistics.ts';
import { CONTESTANTS, FOLDERS, OURS, type PageContestant } from './contestants.ts';
import { processorTime } from './processor.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    pictures: { type: 'string', default: '1000' },
  },
});
const WARM_UP = 5;
/** Files that no browser of the last five years asks for, and those that only a policy about bodies needs. */
const SELDOM = /nosimd|tfjs-backend-wasm\.wasm$|movenet|licenses|\.d\.ts$/;

/** Has a page look at its picture; the milliseconds that it took. */
const LOOK = `(async () => { const begun = performance.now(); await look(blob); return performance.now() - begun; })()`;

warnIfBusy();
process.stdout.write(`${describeMachine(thisMachine())}\n\n`);
const pages = Object.fromEntries(
  CONTESTANTS.flatMap(({ script }, i) => [
    [`/${i}/`, `<!doctype html><title>${i}</title><script type="module" src="/${i}.js"></script>`],
    [`/${i}.js`, `${script}globalThis.isReady = true;`],
  ]),
);
const site = await serveSite(FOLDERS, pages);
const browser = await openBrowser(BROWSERS[0]);
process.stdout.write(`${await browser.version()}\n\n`);

await race();
await alone(browser);
await browser.close();
await site.close();

/** All of them on each picture, in turns. */
async function race(): Promise<void> {
  const client = await browser.target().createCDPSession();
  const opened = [];
  for (const [i, contestant] of CONTESTANTS.entries()) opened.push({ contestant, page: await open(i) });
  const rows: string[][] = [];
  for (const [name, bytes] of Object.entries(await pictures())) {
    const costs = new Map<PageContestant, { wall: number[]; processor: number[] }>(
      opened.map(({ contestant }) => [contestant, { wall: [], processor: [] }]),
    );
    for (const { page } of opened) await page.evaluate(`globalThis.blob = ${blobOf(bytes)}; 0`);
    for (let round = -WARM_UP; round < Number(values.rounds); round++) {
      for (const { contestant, page } of opened) {
        const before = await processorTime(client);
        const wall = (await page.evaluate(LOOK)) as number;
        const processor = (await processorTime(client)) - before;
        if (round < 0) continue;
        costs.get(contestant)!.wall.push(wall);
        costs.get(contestant)!.processor.push(processor);
      }
    }
    for (const [contestant, { wall, processor }] of costs) {
      // The kernel counts processor time in hundredths of a second: only many rounds together tell a few percent.
      const ratio = mean(costs.get(CONTESTANTS[0])!.processor) / mean(processor);
      rows.push([
        name,
        contestant.name,
        ms(spread(wall).median),
        ms(mean(processor)),
        contestant.name === OURS ? '' : ratio.toFixed(2),
      ]);
    }
  }
  for (const { page } of opened) await page.close();
  process.stdout.write(
    `${table(['picture', 'who', 'wall ms', 'processor ms', 'ours, of its processor time'], rows)}\n`,
  );
}

/** What a page gets and keeps. */
async function alone(browser: Browser): Promise<void> {
  const fresh = await open(0);
  await fresh.close();
  const page = await browser.newPage();
  await page.goto(`${site.address}/examples/pass.jpg`);
  await page.goto(`${site.address}/0/`);
  const begun = performance.now();
  await page.reload();
  await page.waitForFunction('globalThis.isReady');
  const ready = performance.now() - begun;
  await page.evaluate(`globalThis.blob = ${blobOf((await pictures())['JPEG 1280, one face'])}; 0`);
  const memory: number[] = [];
  const many = Number(values.pictures);
  for (let i = 1; i <= many; i++) {
    await page.evaluate(LOOK);
    if (i === Math.ceil(many / 10) || i === many) memory.push(await privateBytes(browser));
  }
  process.stdout.write(
    table(
      ['ours alone', ''],
      [
        ['transferred, brotli', `${(transferred() / 1e6).toFixed(2)} MB`],
        ['ready, from cache', `${ms(ready)} ms`],
        [`memory after ${Math.ceil(many / 10)} pictures`, `${memory[0].toFixed(0)} MB`],
        [`memory after ${many} pictures`, `${memory[1].toFixed(0)} MB`],
      ],
    ),
  );
  await page.close();
}

async function open(contestant: number): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${String(error)}\n`));
  if (CONTESTANTS[contestant].evaluates) await page.setBypassCSP(true);
  await page.goto(`${site.address}/${contestant}/`);
  await page.waitForFunction('globalThis.isReady', { timeout: 60_000 });
  return page;
}

async function pictures(): Promise<Record<string, Buffer>> {
  const source = (name: string) => sharp(readFileSync(`${FOLDERS['/examples/']}${name}.jpg`));
  return {
    'JPEG 1280, one face': await source('pass').resize(1280).jpeg({ quality: 90 }).toBuffer(),
    'JPEG 1280, two faces': await source('group').resize(1280).jpeg({ quality: 90 }).toBuffer(),
    'JPEG 1280, none': await source('none').resize(1280).jpeg({ quality: 90 }).toBuffer(),
  };
}

/** Resident memory of the browser's renderers, in megabytes. */
async function privateBytes(browser: Browser): Promise<number> {
  const root = browser.process()?.pid;
  let sum = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !isBelow(Number(entry), root)) continue;
      sum += Number(/^Rss:\s+(\d+)/m.exec(readFileSync(`/proc/${entry}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum / 1000;
}

function isBelow(pid: number, root: number | undefined): boolean {
  for (let at = pid; at > 1; ) {
    if (at === root) return true;
    at = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? 0);
  }
  return false;
}

function transferred(): number {
  const judge = FOLDERS['/judge/'];
  const files = readdirSync(judge).filter((name) => statSync(judge + name).isFile() && !SELDOM.test(name));
  return files
    .filter((name) => !name.startsWith('portrait-capture'))
    .reduce((sum, name) => sum + brotliCompressSync(readFileSync(judge + name)).length, 0);
}

function blobOf(bytes: Buffer): string {
  return `new Blob([Uint8Array.from(atob('${bytes.toString('base64')}'), (c) => c.charCodeAt(0))])`;
}

/** The page in a real browser, served by a real service. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from '../server/build.ts';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from './chromium.ts';

export { SKIPPED } from './chromium.ts';

const PAGE = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** Longest wait for something on a page, in ms: it takes some hundred, but for a busy machine. */
const PATIENCE_MS = 25_000;

type Cleanup = (task: () => void | Promise<void>) => void;

/** Path of a drawn picture. */
export function example(name: string): string {
  return EXAMPLES + name;
}

/** A drawn picture under another name, as Playwright takes files. */
export function copyOf(name: string, as: string) {
  return { name: as, mimeType: 'image/jpeg', buffer: readFileSync(example(name)) };
}

/** What the tests of a file share: a service, and a browser whose every page is watched. */
export interface Bench {
  readonly service: Awaited<ReturnType<typeof build>>;
  /** Opens the page in a context of its own. With `key`, the browser has kept that key. */
  open(options?: BrowserContextOptions & { readonly key?: string }): Promise<Page>;
  /** Closes all pages; gives what they have complained of, other than answers that are no success. */
  close(): Promise<readonly string[]>;
}

/** Starts both, the browser with arguments of its own where there are any. */
export async function startBench(cleanup: Cleanup, args: readonly string[] = []): Promise<Bench> {
  if (!existsSync(PAGE)) throw new Error('There is no page yet: npm run build:page');
  const service = await build(cleanup);
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGUMENTS, ...args],
  });
  cleanup(() => browser.close());
  let heard: string[] = [];
  return {
    service,
    async open({ key = service.key.secret, ...options } = {}) {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => heard.push(error.message));
      page.on('console', (message) => {
        const failedRequest = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !failedRequest) heard.push(message.text());
      });
      if (key !== '') await page.addInitScript(`sessionStorage.setItem('liveportrait-detect.key', '${key}')`);
      await page.goto(service.url);
      return page;
    },
    async close() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      const all = heard;
      heard = [];
      return all;
    },
  };
}

/** Chooses files as a person does. */
export async function choose(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose pictures' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** Asks for the picture at an address, or for several, a line each, as a person does who pastes them. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(PASTE, text);
}

function PASTE(text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}

/** Drops files or folders of this machine onto the page, by the browser's own way. */
export async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  }
}

/** Waits until the verdict on the picture that is shown has these words in it; gives up with an error. */
export async function expectVerdict(page: Page, ...words: readonly string[]): Promise<void> {
  const verdict = page.getByRole('region', { name: 'Verdict' });
  for (const word of words) await verdict.filter({ hasText: word }).waitFor();
}

/** The values that a page has in its database, without what is inside of pictures; none where there is no database. */
export async function keptIn(page: Page): Promise<readonly { readonly name?: string }[]> {
  return page.evaluate(READ_DATABASE);
}

const READ_DATABASE = `(async () => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === 'liveportrait-detect.session')) return [];
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const request = indexedDB.open('liveportrait-detect.session');
  // It was deleted just now: to look is not to make it again.
  request.onupgradeneeded = () => request.transaction.abort();
  const database = await done(request).catch(() => null);
  if (database === null) return [];
  const values = await done(database.transaction('pictures').objectStore('pictures').getAll());
  database.close();
  return JSON.parse(JSON.stringify(values));
})()`;

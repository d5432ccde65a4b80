/** A page with nothing but `<portrait-capture>`, under a policy as strict as can be, and what can be asked of it. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import type { InstructionDetail, Taken } from '../../src/capture/index.ts';
import { BROWSERS, openBrowser, type Site, serveSite, whySkipped } from '../browser/browsers.ts';

const LIBRARY = fileURLToPath(new URL('../../dist/browser/', import.meta.url));
const [CHROMIUM, FIREFOX] = BROWSERS;

/** Why these tests cannot run here; empty where they can. */
export const SKIPPED = whySkipped(CHROMIUM);
/** The same of those in Firefox. */
export const FIREFOX_SKIPPED = whySkipped(FIREFOX);

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A picture</title>
<script type="module" src="page.js"></script></head>
<body><main><h1>A picture</h1><portrait-capture></portrait-capture></main></body></html>`;

/** Trusts workers of its own host, keeps what the element tells, and counts what it opens. */
const SCRIPT = `
globalThis.trustedTypes?.createPolicy('default', {
  createScriptURL: (url) => new URL(url, location).origin === location.origin ? url : null,
});
const seen = { instructions: [], troubles: [], taken: [], said: [], streams: [], bitmaps: 0, open: 0, mostOpen: 0 };
globalThis.seen = seen;
const { createImageBitmap } = globalThis;
globalThis.createImageBitmap = async (...input) => {
  const bitmap = await createImageBitmap(...input);
  seen.bitmaps++;
  seen.mostOpen = Math.max(seen.mostOpen, ++seen.open);
  const close = bitmap.close.bind(bitmap);
  bitmap.close = () => { seen.open--; close(); };
  return bitmap;
};
const devices = navigator.mediaDevices;
const getUserMedia = devices?.getUserMedia.bind(devices);
if (devices) devices.getUserMedia = async (wanted) => {
  if (globalThis.cameraError) throw new DOMException('', globalThis.cameraError);
  const stream = await getUserMedia(wanted);
  seen.streams.push(stream);
  return stream;
};
await import('/lib/portrait-capture.js');
const element = document.querySelector('portrait-capture');
element.addEventListener('instruction', ({ detail }) => seen.instructions.push(detail));
element.addEventListener('trouble', ({ detail }) => seen.troubles.push(detail));
element.addEventListener('capture', ({ detail }) => seen.taken.push(detail));
const prompt = element.shadowRoot.querySelector('[role=status]');
new MutationObserver(() => seen.said.push(prompt.textContent)).observe(prompt, { childList: true, characterData: true, subtree: true });
globalThis.ready = true;
`;

/** What the page has kept. */
export interface Seen {
  readonly instructions: InstructionDetail[];
  readonly troubles: { readonly trouble: string; readonly text: string }[];
  readonly taken: Taken[];
  /** What the live region has said. */
  readonly said: string[];
  readonly streams: MediaStream[];
  /** How many bitmaps were made, are open now, and were open at most. */
  readonly bitmaps: number;
  readonly open: number;
  readonly mostOpen: number;
}

/** A browser whose camera plays a film, or has none. */
export class CameraBrowser {
  readonly #browser: Browser;
  readonly #site: Site;
  readonly complaints: string[] = [];

  private constructor(browser: Browser, site: Site) {
    this.#browser = browser;
    this.#site = site;
  }

  /** Chromium, with these arguments. */
  static async open(...args: string[]): Promise<CameraBrowser> {
    const site = await CameraBrowser.#serve();
    return new CameraBrowser(await openBrowser(CHROMIUM, { args }), site);
  }

  /** Firefox, whose camera plays a test picture, and that lends it unasked. */
  static async openFirefox(): Promise<CameraBrowser> {
    const site = await CameraBrowser.#serve();
    const extraPrefsFirefox = {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
    };
    return new CameraBrowser(await openBrowser(FIREFOX, { extraPrefsFirefox }), site);
  }

  static #serve(): Promise<Site> {
    return serveSite(
      { '/lib/': LIBRARY },
      { '/': HTML, '/page.js': SCRIPT },
      "require-trusted-types-for 'script'; trusted-types default",
    );
  }

  /** Opens the page, by another name than the local one if that is given. */
  async visit(host = '127.0.0.1'): Promise<Page> {
    const page = await this.#browser.newPage();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const isFile = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isFile) this.complaints.push(message.text());
    });
    await page.goto(this.#site.address.replace('127.0.0.1', host));
    await page.waitForFunction('globalThis.ready');
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }
}

/** Flags of a Chromium whose camera plays this film, and that lends it unasked. */
export function cameraPlays(film: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ];
}

/** What the page has kept so far, as far as it can be told: no blobs, no streams. */
export function read(page: Page): Promise<Seen> {
  return page.evaluate('seen') as Promise<Seen>;
}

/** The name of the control that has the focus, in the element or outside. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent.trim()`,
  ) as Promise<string>;
}

/** Whether all cameras that were lent have been given back. */
export function isGivenBack(page: Page): Promise<boolean> {
  return page.evaluate(
    `seen.streams.every((stream) => stream.getTracks().every(({ readyState }) => readyState === 'ended'))`,
  ) as Promise<boolean>;
}

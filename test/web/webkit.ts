/** WebKit, the engine of Safari, as Debian has it, driven by the plain WebDriver protocol on a screen that nobody sees. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../free-port.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
/** The browser that comes with the engine, and what plays films in it. */
const BROWSER = findLibrary('webkit2gtk-4.1/MiniBrowser');
const PLAYER = findLibrary('gstreamer-1.0/libgstopengl.so');
/** Why these tests cannot run here; empty where they can. */
export const SKIPPED = [DRIVER, SCREEN, BROWSER, PLAYER].every((path) => existsSync(path))
  ? ''
  : ' (skipped; to run: apt-get install webkit2gtk-driver gstreamer1.0-gl xvfb)';

/** Longest wait for something in a page, in ms: it takes a second, but for a busy machine. */
const PATIENCE_MS = 40_000;
const LOOK_AGAIN_MS = 100;

type Cleanup = (task: () => void | Promise<void>) => void;

/** A page in WebKit. */
export class WebKitPage {
  readonly #session: string;

  constructor(session: string) {
    this.#session = session;
  }

  async goto(url: string): Promise<void> {
    await ask(`${this.#session}/url`, { url });
  }

  /** Runs the body of a function in the page, and gives what it returns. */
  run(script: string, ...args: unknown[]): Promise<unknown> {
    return ask(`${this.#session}/execute/sync`, { script, args });
  }

  /** Waits until an expression is true; gives up with an error. */
  async until(expression: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await this.run(`return Boolean(${expression})`)); ) {
      if (Date.now() > end) throw new Error(`in vain: ${expression}`);
      await setTimeout(LOOK_AGAIN_MS);
    }
  }

  /** Presses what an XPath finds, as a person does. */
  async press(xpath: string): Promise<void> {
    await ask(`${await this.#find('xpath', xpath)}/click`, {});
  }

  /** Chooses files of this machine. */
  async choose(css: string, paths: readonly string[]): Promise<void> {
    await ask(`${await this.#find('css selector', css)}/value`, { text: paths.join('\n') });
  }

  /** An element's address; the protocol names it so by this number. */
  async #find(using: string, value: string): Promise<string> {
    const found = (await ask(`${this.#session}/element`, { using, value })) as Record<string, string>;
    return `${this.#session}/element/${found['element-6066-11e4-a52e-4f735466cecf']}`;
  }
}

/** Opens WebKit with a window of this size, in pixels. */
export async function openWebKit(cleanup: Cleanup, width: number, height: number): Promise<WebKitPage> {
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  cleanup(() => end(screen));
  const [display] = await once(screen.stdio[3] as Readable, 'data');
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${String(display).trim()}` },
  });
  cleanup(() => end(driver));
  const base = `http://127.0.0.1:${port}/session`;
  const { sessionId } = (await open(base)) as { readonly sessionId: string };
  const session = `${base}/${sessionId}`;
  cleanup(async () => void (await fetch(session, { method: 'DELETE' })));
  await ask(`${session}/window/rect`, { width, height });
  return new WebKitPage(session);
}

/** The driver takes calls a moment after it has started. */
async function open(base: string): Promise<unknown> {
  const browser = { binary: BROWSER, args: ['--automation'] };
  const capabilities = {
    alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browser },
  };
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await ask(base, { capabilities });
    } catch (error) {
      if (!(error instanceof TypeError) || Date.now() > end) throw error;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}

/** Where Debian lays a library's file, which is below the machine's kind; empty where it is not. */
function findLibrary(name: string): string {
  if (!existsSync('/usr/lib')) return '';
  const paths = readdirSync('/usr/lib').map((kind) => `/usr/lib/${kind}/${name}`);
  return paths.find((path) => existsSync(path)) ?? '';
}

async function ask(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await response.json()) as { readonly value: unknown };
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  program.kill();
  await once(program, 'exit');
}

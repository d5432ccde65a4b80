/** Real browsers, and a server of files for them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type LaunchOptions, launch } from 'puppeteer-core';

/** Debian's browsers, as they are driven here. */
export const BROWSERS: readonly { readonly name: string; readonly options: LaunchOptions }[] = [
  {
    name: 'Chromium',
    options: {
      browser: 'chrome',
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
  { name: 'Firefox', options: { browser: 'firefox', executablePath: '/usr/bin/firefox-esr' } },
];

/** What cannot run here, and how it could; empty where all can. */
export function whySkipped({ options: { executablePath = '' } }: (typeof BROWSERS)[number]): string {
  return existsSync(executablePath)
    ? ''
    : ` (skipped; to run: apt-get install ${executablePath.replace('/usr/bin/', '')})`;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** A site of files: by the start of a path, the folder that it lies in. */
export interface Site {
  readonly address: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

/**
 * Serves files as any static server does, under a policy as strict as the judge in the page allows.
 *
 * @param folders by the start of a path, the longest first
 * @param pages   texts by their path
 * @param stricter what the policy asks for on top
 */
export async function serveSite(
  folders: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, string>> = {},
  stricter = '',
): Promise<Site> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    asked.push(pathname);
    const [start, folder] = Object.entries(folders).find(([start]) => pathname.startsWith(start)) ?? [];
    const rest = pathname.slice(start?.length ?? 0) || 'index.html';
    const body = pages[pathname] ?? (folder && (await readFile(join(folder, rest)).catch(() => undefined)));
    response.writeHead(body === undefined || body === '' ? 404 : 200, {
      'content-type':
        TYPES[pathname.endsWith('/') ? '.html' : extname(pathname)] ?? 'application/octet-stream',
      'content-security-policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' blob:; style-src 'self'; ${stricter}`,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Starts a browser, with arguments and preferences of its own where there are any. */
export function openBrowser(
  { options }: (typeof BROWSERS)[number],
  { args = [], ...more }: Pick<LaunchOptions, 'args' | 'extraPrefsFirefox'> = {},
) {
  return launch({ ...options, ...more, args: [...(options.args ?? []), ...args], headless: true });
}

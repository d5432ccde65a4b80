/** The browser of the tests. */
import { existsSync } from 'node:fs';

/** Debian's browser. */
export const CHROMIUM = '/usr/bin/chromium';
/** How it is started. */
export const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Why these tests cannot run here; empty where they can. */
export const SKIPPED = existsSync(CHROMIUM) ? '' : ' (skipped; to run: apt-get install chromium)';

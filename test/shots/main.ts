/**
 * Takes pictures of all that people see, to be looked at: the page, the contact sheet, the terminal.
 *
 * Usage: `npm run shots [-- --part page,report,terminal] [--only check,help]`; they go to $OUT, or to `shots/`, which git
 * ignores. `--only` names states of the page, or calls of the terminal.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { HAS_TMUX } from '../outside/terminal.ts';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from '../web/chromium.ts';
import { takeReport } from './report.ts';
import { takeTerminal } from './terminal.ts';

const PAGE = fileURLToPath(new URL('../web/take-shots.ts', import.meta.url));

const { values } = parseArgs({
  options: { part: { type: 'string', default: 'page,report,terminal' }, only: { type: 'string' } },
});
const parts = values.part.split(',');
const out = process.env.OUT ?? 'shots';
if (parts.includes('page')) {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const only = values.only === undefined ? [] : ['--only', values.only];
  execFileSync(process.execPath, [tsx, PAGE, ...only], { stdio: 'inherit' });
}
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
if (parts.includes('report')) await takeReport(browser, out);
if (parts.includes('terminal') && !HAS_TMUX) {
  process.stderr.write('The terminal is left out: it needs tmux (apt-get install tmux).\n');
} else if (parts.includes('terminal')) await takeTerminal(browser, out, values.only?.split(','));
await browser.close();

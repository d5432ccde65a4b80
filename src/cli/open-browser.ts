/** Opens an address in the person's browser, by the program that the platform has for that. */
import { spawn } from 'node:child_process';
import type { CliContext } from './context.ts';

/** What opens an address, with its arguments before it; no shell reads any of them. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OTHER_OPENER = ['xdg-open'] as const;

/** Variables that a browser has no use for: ours, the database's, and whatever calls itself a secret. */
const SECRET = /^(?:LPD_|PG|AWS_)|KEY|TOKEN|SECRET|PASSW/i;

/**
 * Opens an address. It does not wait for the browser, and ends with it no sooner or later than it would have.
 *
 * @param address has no secret in it: whoever is on this machine can see what programs are started with
 * @param onFailure called when there is no such program, or it opens nothing
 */
export function openBrowser(address: string, env: CliContext['env'], onFailure: () => void): void {
  const [program, ...args] = OPENERS[process.platform] ?? OTHER_OPENER;
  const passed = Object.entries(env).filter(([name]) => !SECRET.test(name));
  const child = spawn(program, [...args, address], {
    stdio: 'ignore',
    detached: true,
    env: Object.fromEntries(passed),
  });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}
